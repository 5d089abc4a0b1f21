/** Local dates, and the diary's day, which goes on into the next morning where a person wants so. */

/** The local date of a moment, as the API writes it: "2026-11-20". */
export function isoDate(at: Date): string {
  const part = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
}

/** Noon of a local date: no zone's clock change has ever skipped it. */
export function fromIso(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day, 12);
}

/** The same calendar's noon so many days later. */
export function addDays(at: Date, days: number): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, 12);
}

/** The date whose page a moment is written on: until `endsAt` o'clock it is still the day before. */
export function diaryDay(at: Date, endsAt: number): Date {
  return addDays(at, at.getHours() < endsAt ? -1 : 0);
}

/** Written after midnight on the page of the day before. */
export function isAfterMidnight(at: Date, endsAt: number): boolean {
  return at.getHours() < endsAt;
}
