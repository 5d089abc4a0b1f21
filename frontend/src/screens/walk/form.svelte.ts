import { m } from "../../paraglide/messages.js";
import { fieldsOf, momentOf } from "../diary/moments";
import type { WalkBody, WalkScores } from "./types";

const MINUTE_MS = 60_000;
const DEFAULT_MINUTES = 15;

export interface WalkDraft {
  id: string;
  day: string;
  time: string;
  minutes: number;
  before: number | null;
  after: number | null;
  note: string;
}

/** A walk that is written in by hand, or corrected. Nothing is lost when saving fails. */
export class WalkForm {
  id: string;
  day = $state("");
  time = $state("");
  minutes = $state(DEFAULT_MINUTES);
  before = $state<number | null>(null);
  after = $state<number | null>(null);
  note = $state("");
  problem = $state<string>();
  readonly #start: WalkBody | null;
  readonly #untouched: string;

  constructor(
    start: (WalkBody & { id: string; scores?: Partial<WalkScores> }) | null,
    now = new Date(),
  ) {
    this.#start = start;
    this.id = start?.id ?? crypto.randomUUID();
    const began = start ? new Date(start.started_at) : before(now, DEFAULT_MINUTES);
    Object.assign(this, fieldsOf(began));
    if (start) this.minutes = Math.max(1, Math.round(start.seconds / 60));
    this.note = start?.note ?? "";
    this.#untouched = JSON.stringify(this.draft);
  }

  get draft(): WalkDraft {
    const { id, day, time, minutes, before, after, note } = this;
    return { id, day, time, minutes, before, after, note };
  }

  get touched(): boolean {
    return JSON.stringify(this.draft) !== this.#untouched;
  }

  takeUp(draft: WalkDraft): void {
    Object.assign(this, draft);
  }

  check(now: Date): boolean {
    const body = this.#body();
    if (!body) this.problem = m.entry_when_missing();
    else if (Date.parse(body.ended_at) > now.getTime() + MINUTE_MS) {
      this.problem = m.walk_when_future();
    } else this.problem = undefined;
    return this.problem === undefined;
  }

  /** For a form that `check` has passed. */
  body(): WalkBody {
    const body = this.#body();
    if (!body) throw new Error("A form with problems makes no walk.");
    return body;
  }

  /** What nobody has changed stays as exact as it was. */
  #body(): WalkBody | null {
    const typed = momentOf(this.day, this.time);
    if (!typed) return null;
    const note = this.note.trim();
    const start = this.#start;
    if (!start) return { ...this.#times(typed, this.minutes * 60), source: "manual", note };
    const began = new Date(start.started_at);
    const was = fieldsOf(began);
    const from = was.day === this.day && was.time === this.time ? began : typed;
    const same = Math.max(1, Math.round(start.seconds / 60)) === this.minutes;
    const span = (Date.parse(start.ended_at) - began.getTime()) / 1000;
    const times = same
      ? { ...this.#times(from, span), seconds: start.seconds }
      : this.#times(from, this.minutes * 60);
    const backward = Math.min(start.backward_seconds ?? 0, times.seconds);
    return { ...told(start), ...times, backward_seconds: backward, note };
  }

  #times(from: Date, seconds: number) {
    const ended = new Date(from.getTime() + seconds * 1000);
    return { started_at: from.toISOString(), ended_at: ended.toISOString(), seconds };
  }
}

function before(now: Date, minutes: number): Date {
  return new Date(now.getTime() - minutes * MINUTE_MS);
}

/** As much of a walk as can be told to the server. */
export function told(walk: WalkBody): WalkBody {
  const { started_at, ended_at, seconds, backward_seconds = 0, planned_minutes = null } = walk;
  const { chosen_minutes = null, purpose = "walk", source = "timer", stopped = "" } = walk;
  const { distance_m = null, steps = null, track = null, checklist = [], note = "" } = walk;
  return {
    ...{ started_at, ended_at, seconds, backward_seconds, planned_minutes, chosen_minutes },
    ...{ purpose, source, stopped, distance_m, steps, track, checklist, note },
  };
}
