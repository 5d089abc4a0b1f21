/** When an episode began, as people remember it; each answer stands for a date. */
import { m } from "../../paraglide/messages.js";
import { addDays, isoDate } from "./days";

export interface Answer {
  id: string;
  name: () => string;
  daysAgo: number;
  /** A range: the date is a fair guess, and is said. */
  rough: boolean;
}

/** "3 months or more" must be at least 12 weeks, from which on pain counts as long-standing. */
export const ANSWERS: readonly Answer[] = [
  { id: "today", name: m.began_today, daysAgo: 0, rough: false },
  { id: "yesterday", name: m.began_yesterday, daysAgo: 1, rough: false },
  { id: "two_days", name: m.began_two_days, daysAgo: 2, rough: false },
  { id: "days", name: m.began_days, daysAgo: 4, rough: true },
  { id: "week", name: m.began_week, daysAgo: 7, rough: true },
  { id: "two_weeks", name: m.began_two_weeks, daysAgo: 14, rough: true },
  { id: "month", name: m.began_month, daysAgo: 30, rough: true },
  { id: "months", name: m.began_months, daysAgo: 91, rough: true },
];

export function dateOf({ daysAgo }: Answer, now: Date): string {
  return isoDate(addDays(now, -daysAgo));
}

/** The answer that stands for a date; none where the date is an exact one of its own. */
export function answerFor(date: string | null, now: Date): Answer | null {
  return ANSWERS.find((answer) => dateOf(answer, now) === date) ?? null;
}
