import type { WindowSchedule } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { minuteOf, minutesOf } from "./schedule";

export const STEPS = [30, 45, 60, 90] as const;
const SHORTEST = 5;
const LONGEST = 720;
const MOST_A_DAY = 100;
const MOST_BREAKS = 10;
const LUNCH = { from: "12:00", to: "13:00" };

export interface Break {
  from: string;
  to: string;
}
export type WindowField = "window" | "every" | "breaks";
export type WindowProblems = Partial<Record<WindowField, string>>;

/** "From 9 to 5, every 45 minutes, not over lunch", while it is being typed. */
export class WindowFields {
  from = $state("09:00");
  to = $state("17:00");
  /** One of `STEPS`, or "other" with the minutes in `free`. */
  step = $state<number | "other">(45);
  free = $state<number | null>(null);
  breaks = $state<Break[]>([]);

  constructor(start?: WindowSchedule) {
    if (!start) return;
    this.from = start.from;
    this.to = start.to;
    const usual = STEPS.some((step) => step === start.every_minutes);
    this.step = usual ? start.every_minutes : "other";
    this.free = usual ? null : start.every_minutes;
    this.breaks = (start.except ?? []).map(([from, to]) => ({ from, to }));
  }

  get minutes(): number | null {
    return this.step === "other" ? this.free : this.step;
  }

  get endsNextDay(): boolean {
    return this.#filled() && minuteOf(this.from) > minuteOf(this.to);
  }

  get roomForBreaks(): boolean {
    return this.breaks.length < MOST_BREAKS;
  }

  addBreak(): void {
    this.breaks.push(this.breaks.length === 0 ? { ...LUNCH } : { from: "", to: "" });
  }

  removeBreak(index: number): void {
    this.breaks.splice(index, 1);
  }

  /** Null as long as it does not make sense. */
  schedule(days: number[]): WindowSchedule | null {
    if (Object.keys(this.problems()).length > 0) return null;
    return this.#asTyped(days);
  }

  problems(): WindowProblems {
    const problems: WindowProblems = {};
    if (!this.#filled() || this.from === this.to) problems.window = m.form_window_missing();
    if (!this.#stepFits()) problems.every = m.form_every_wrong();
    if (!this.breaks.every((one) => this.#breakFits(one)))
      problems.breaks = m.form_breaks_missing();
    return Object.keys(problems).length > 0 ? problems : this.#problemsTogether();
  }

  /** What only shows when all of it is put together. */
  #problemsTogether(): WindowProblems {
    const count = minutesOf(this.#asTyped([])).length;
    if (count === 0) return { breaks: m.form_breaks_all() };
    return count > MOST_A_DAY ? { every: m.form_too_many() } : {};
  }

  #asTyped(days: number[]): WindowSchedule {
    const except = this.breaks.map(({ from, to }): [string, string] => [from, to]);
    return { days, from: this.from, to: this.to, every_minutes: this.minutes ?? 0, except };
  }

  #filled(): boolean {
    return this.from !== "" && this.to !== "";
  }

  #stepFits(): boolean {
    const { minutes } = this;
    return Number.isInteger(minutes) && Number(minutes) >= SHORTEST && Number(minutes) <= LONGEST;
  }

  #breakFits({ from, to }: Break): boolean {
    if (from === "" || to === "" || from === to) return false;
    return minuteOf(from) < minuteOf(to) || this.endsNextDay;
  }
}
