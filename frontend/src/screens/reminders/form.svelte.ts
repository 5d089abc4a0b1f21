import { ApiError, OfflineError } from "../../api/client";
import type { Reminder, ReminderDraft, ReminderKind, Schedule } from "../../api/types";
import { DAYS } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { isWindow } from "./schedule";
import { WindowFields, type WindowField } from "./window.svelte";
import { KINDS } from "./words";

const FIRST_TIME = "08:00";
const NEXT_TIMES = ["08:00", "12:30", "17:30", "20:00"];
const WORKDAYS = [0, 1, 2, 3, 4];
const ONCE_A_WEEK = [6];

type Field = "kind" | "days" | "times" | WindowField;
/** `whole` is not about one field: no network, or a server that is in trouble. */
export type Problems = Partial<Record<Field | "whole", string>>;
export type How = "times" | "window";

/** What is being typed. Nothing here is lost when saving fails. */
export class ReminderForm {
  kind = $state<ReminderKind>("walk");
  how = $state<How>("times");
  days = $state<number[]>([...DAYS]);
  times = $state<string[]>([FIRST_TIME]);
  window = new WindowFields();
  enabled = true;
  problems = $state.raw<Problems>({});
  /** A form for a new reminder follows its kind; what was saved, or chosen, stays. */
  #follows = true;

  constructor(start: Reminder | ReminderKind) {
    if (typeof start === "string") {
      this.choose(start);
      return;
    }
    const { kind, schedule, enabled } = start;
    this.kind = kind;
    this.days = [...schedule.days];
    this.enabled = enabled;
    this.#follows = false;
    if (isWindow(schedule)) {
      this.how = "window";
      this.window = new WindowFields(schedule);
    } else this.times = [...schedule.times].sort();
  }

  /** Changing position is for the working day, again and again; the others have their times. */
  choose(kind: ReminderKind): void {
    this.kind = kind;
    if (!this.#follows) return;
    this.how = kind === "move" ? "window" : "times";
    this.days = daysFor(kind);
  }

  chooseHow(how: How): void {
    this.how = how;
    this.#follows = false;
    this.problems = {};
  }

  /** Only what is asked again and again needs the question how. */
  get asksHow(): boolean {
    return this.kind === "move" || this.how === "window";
  }

  get everyDay(): boolean {
    return this.days.length === DAYS.length;
  }

  toggleDay(day: number): void {
    this.#follows = false;
    this.forget("days");
    this.days = this.days.includes(day)
      ? this.days.filter((one) => one !== day)
      : [...this.days, day].sort((a, b) => a - b);
  }

  toggleEveryDay(): void {
    this.#follows = false;
    this.forget("days");
    this.days = this.everyDay ? [] : [...DAYS];
  }

  addTime(): void {
    this.times.push(NEXT_TIMES.find((time) => !this.times.includes(time)) ?? "");
  }

  removeTime(index: number): void {
    this.forget("times");
    this.times.splice(index, 1);
  }

  /** True when it can be sent; otherwise `problems` says beside which field why not. */
  check(): boolean {
    const problems: Problems = this.how === "window" ? this.window.problems() : {};
    if (this.days.length === 0) problems.days = m.form_days_missing();
    const missing = this.how === "times" && this.times.some((time) => time === "");
    if (missing) problems.times = m.form_time_missing();
    this.problems = problems;
    return Object.keys(problems).length === 0;
  }

  /** Null as long as something is missing. */
  get schedule(): Schedule | null {
    const days = [...this.days];
    if (this.how === "window") return this.window.schedule(days);
    const times = [...new Set(this.times)].sort();
    return times.includes("") ? null : { days, times };
  }

  /** For a form that `check` has passed. */
  draft(): ReminderDraft {
    const { schedule } = this;
    if (!schedule) throw new Error("A form with problems makes no reminder.");
    return { kind: this.kind, schedule, enabled: this.enabled };
  }

  /** A field that is being corrected is not blamed any longer. */
  forget(field: Field): void {
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

function daysFor(kind: ReminderKind): number[] {
  if (kind === "measure") return [...ONCE_A_WEEK];
  return kind === "move" ? [...WORKDAYS] : [...DAYS];
}

function problemsFrom(fields: Record<string, string[]>): Problems {
  const problems: Problems = {};
  for (const [name, messages] of Object.entries(fields)) {
    problems[placeOf(name)] = messages.join(" ");
  }
  return Object.keys(problems).length > 0 ? problems : { whole: m.form_failed() };
}

const PLACES: Record<string, Field> = {
  kind: "kind",
  days: "days",
  times: "times",
  from: "window",
  to: "window",
  every_minutes: "every",
  except: "breaks",
};

/** "schedule.every_minutes" and "times.0" are about the field they name. */
function placeOf(name: string): keyof Problems {
  const part = name.split(".").find((one) => one in PLACES);
  return (part && PLACES[part]) || "whole";
}

export function kindFrom(query: URLSearchParams): ReminderKind {
  return KINDS.find((kind) => kind === query.get("kind")) ?? "walk";
}
