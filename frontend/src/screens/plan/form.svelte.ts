import type { Reminder } from "../../api/types";
import { startMinutes, toleranceOf } from "../move/dose";
import type { PlanBody } from "../move/local";
import type { TestWalk } from "../move/types";
import { walkReminder } from "./reminder";

export type How = "guess" | "walks";
export type Step = 1 | 2 | 3;

export const GUESS = { least: 2, most: 60 } as const;
const FIRST_GUESS = 10;
const FIRST_DAYS = [0, 2, 4, 6];
const FIRST_TIME = "09:00";

/** What is chosen on the way to a plan. It outlives the test walks that are taken in between. */
export class PlanForm {
  how = $state<How | null>(null);
  minutes = $state(FIRST_GUESS);
  already = $state(false);
  days = $state<number[]>([...FIRST_DAYS]);
  remind = $state(true);
  time = $state(FIRST_TIME);
  /** What still stands in the way of going on, by its step. */
  missing = $state<Step | null>(null);

  /** Minutes in comfort; null while nothing says it. */
  tolerance(tests: readonly TestWalk[]): number | null {
    if (this.how === "guess") return this.minutes;
    if (this.how === null || tests.length === 0) return null;
    return Math.max(1, toleranceOf(tests.map(({ minutes }) => minutes)));
  }

  /** What the first walks will be. */
  dose(tests: readonly TestWalk[]): number | null {
    const tolerance = this.tolerance(tests);
    return tolerance === null ? null : startMinutes(tolerance, this.already);
  }

  choose(how: How): void {
    this.how = how;
    this.missing = null;
  }

  toggleDay(day: number): void {
    this.missing = null;
    this.days = toggled(this.days, day);
  }

  /** Days and time as they are by now: an earlier plan's, and the reminder's that is there. */
  adopt(days: readonly number[] | undefined, all: readonly Reminder[] | undefined): void {
    if (days) this.days = [...days];
    const time = walkReminder(all ?? [])?.schedule.times[0];
    if (time) this.time = time;
  }

  /** Whether the step is answered; says so where it is not. */
  answered(step: Step, tests: readonly TestWalk[]): boolean {
    const open =
      (step === 1 && this.tolerance(tests) === null) ||
      (step === 2 && this.days.length === 0) ||
      (step === 3 && this.remind && this.time === "");
    this.missing = open ? step : null;
    return !open;
  }

  body(tests: readonly TestWalk[], at: Date): PlanBody {
    return {
      tolerance: this.tolerance(tests) ?? FIRST_GUESS,
      tolerance_from: this.how ?? "guess",
      walks_already: this.already,
      days: [...this.days],
      at: at.toISOString(),
    };
  }
}

export function toggled(days: readonly number[], day: number): number[] {
  const others = days.filter((one) => one !== day);
  return others.length < days.length ? others : [...others, day].sort((a, b) => a - b);
}

/** One for the visit: a test walk leads away from it and back. */
export const form = new PlanForm();
