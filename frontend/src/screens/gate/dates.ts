import { fromIso, isoDate } from "../diary/days";

const MONTHS = 6;

/** The same day six months earlier, or that month's last. */
export function halfYearBefore(date: string): string {
  const at = fromIso(date);
  const first = new Date(at.getFullYear(), at.getMonth() - MONTHS, 1, 12);
  const last = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  return isoDate(new Date(first.getFullYear(), first.getMonth(), Math.min(at.getDate(), last), 12));
}
