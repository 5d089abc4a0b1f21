/** The days before the question, with the last score of each: the path that leads to tonight. */
import { addDays, diaryDay } from "../diary/days";

export interface Night {
  date: Date;
  /** The day's last one; null where none was noted. */
  score: number | null;
}

interface Scored {
  score: number;
  at: string | Date;
}

/** `count` days before `evening`, the earliest first. The diary's day goes on until `endsAt`. */
export function nightsBefore(
  evening: Date,
  scores: readonly Scored[],
  { count = 3, endsAt = 0 }: { count?: number; endsAt?: number } = {},
): Night[] {
  const inOrder = [...scores].sort((a, b) => Number(new Date(a.at)) - Number(new Date(b.at)));
  return Array.from({ length: count }, (_, i) => {
    const date = addDays(evening, i - count);
    const of = inOrder.filter(({ at }) => sameDay(diaryDay(new Date(at), endsAt), date));
    return { date, score: of.at(-1)?.score ?? null };
  });
}

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}
