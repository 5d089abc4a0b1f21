import { ApiError, OfflineError } from "../../api/client";
import type { Reminder, ReminderDraft, ReminderKind } from "../../api/types";
import { DAYS } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { KINDS } from "./words";

const FIRST_TIME = "08:00";
const NEXT_TIMES = ["08:00", "12:30", "17:30", "20:00"];

export interface Problems {
  kind?: string;
  days?: string;
  times?: string;
  /** Not about one field: no network, or a server that is in trouble. */
  whole?: string;
}

/** What is being typed. Nothing here is lost when saving fails. */
export class ReminderForm {
  kind = $state<ReminderKind>("walk");
  days = $state<number[]>([...DAYS]);
  times = $state<string[]>([FIRST_TIME]);
  enabled = true;
  problems = $state.raw<Problems>({});

  constructor(start: Reminder | ReminderKind) {
    if (typeof start === "string") {
      this.kind = start;
      return;
    }
    this.kind = start.kind;
    this.days = [...start.schedule.days];
    this.times = [...start.schedule.times].sort();
    this.enabled = start.enabled;
  }

  get everyDay(): boolean {
    return this.days.length === DAYS.length;
  }

  toggleDay(day: number): void {
    this.#forget("days");
    this.days = this.days.includes(day)
      ? this.days.filter((one) => one !== day)
      : [...this.days, day].sort((a, b) => a - b);
  }

  toggleEveryDay(): void {
    this.#forget("days");
    this.days = this.everyDay ? [] : [...DAYS];
  }

  addTime(): void {
    this.times.push(NEXT_TIMES.find((time) => !this.times.includes(time)) ?? "");
  }

  removeTime(index: number): void {
    this.#forget("times");
    this.times.splice(index, 1);
  }

  /** True when it can be sent; otherwise `problems` says beside which field why not. */
  check(): boolean {
    const problems: Problems = {};
    if (this.days.length === 0) problems.days = m.form_days_missing();
    if (this.times.some((time) => time === "")) problems.times = m.form_time_missing();
    this.problems = problems;
    return Object.keys(problems).length === 0;
  }

  draft(): ReminderDraft {
    const times = [...new Set(this.times)].sort();
    return { kind: this.kind, schedule: { days: [...this.days], times }, enabled: this.enabled };
  }

  /** A field that is being corrected is not blamed any longer. */
  #forget(field: keyof Problems): void {
    const others = Object.entries(this.problems).filter(([name]) => name !== field);
    this.problems = Object.fromEntries(others);
  }

  /** Puts the server's words beside the fields they are about. */
  explain(error: unknown): void {
    if (error instanceof OfflineError) this.problems = { whole: m.form_offline() };
    else if (error instanceof ApiError && error.code === "invalid") {
      this.problems = problemsFrom(error.fields);
    } else this.problems = { whole: m.form_failed() };
  }
}

function problemsFrom(fields: Record<string, string[]>): Problems {
  const problems: Problems = {};
  for (const [name, messages] of Object.entries(fields)) {
    problems[placeOf(name)] = messages.join(" ");
  }
  return Object.keys(problems).length > 0 ? problems : { whole: m.form_failed() };
}

function placeOf(name: string): keyof Problems {
  if (name.includes("time")) return "times";
  if (name.includes("day")) return "days";
  return name.includes("kind") ? "kind" : "whole";
}

export function kindFrom(query: URLSearchParams): ReminderKind {
  return KINDS.find((kind) => kind === query.get("kind")) ?? "walk";
}
