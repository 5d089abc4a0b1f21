import type { NewEntry } from "../../offline/outbox";
import { m } from "../../paraglide/messages.js";
import type { DiaryEntry } from "./entries";
import { fieldsOf, momentOf, troubleWith, type Moment } from "./moments";

/** So long after it was begun, a form that was left open is still about now. */
const STILL_NOW_MS = 30 * 60_000;

type Problems = Partial<Record<"score" | "when", string>>;
type List = "places" | "worse" | "better";
/** `now` is the moment of saving; `own` is a day and time in two fields. */
export type When = "now" | Moment["id"] | "own";

/** What of a form outlives its screen. */
export interface Draft {
  id: string;
  score: number | null;
  when: When;
  chosenAt: string | null;
  day: string;
  time: string;
  beganOn: string | null;
  places: string[];
  worse: string[];
  better: string[];
  sleep: string;
  note: string;
}

/** One entry being written or changed. Nothing here is lost when saving fails. */
export class EntryForm {
  id: string;
  score = $state<number | null>(null);
  when = $state<When>("now");
  /** Of a named moment, or of the entry as it was. */
  chosenAt = $state.raw<Date | null>(null);
  day = $state("");
  time = $state("");
  beganOn = $state<string | null>(null);
  places = $state<string[]>([]);
  worse = $state<string[]>([]);
  better = $state<string[]>([]);
  sleep = $state("");
  note = $state("");
  problems = $state.raw<Problems>({});
  #untouched = "";
  /** A score that belongs to a walk goes on belonging to it. */
  readonly #walk: DiaryEntry["walk"];

  /** A changed entry keeps its id; a new one has its own before it is saved. */
  constructor(start: DiaryEntry | null) {
    this.id = start?.id ?? crypto.randomUUID();
    this.#walk = start?.walk;
    if (start) this.#fill(start);
    else this.#setFields(new Date());
    this.settle();
  }

  /** From here on it counts as touched. */
  settle(): void {
    this.#untouched = JSON.stringify(this.draft);
  }

  get draft(): Draft {
    const { id, score, when, day, time, beganOn, sleep, note } = this;
    const chosenAt = this.chosenAt?.toISOString() ?? null;
    const lists = { places: [...this.places], worse: [...this.worse], better: [...this.better] };
    return { id, score, when, chosenAt, day, time, beganOn, ...lists, sleep, note };
  }

  get touched(): boolean {
    return JSON.stringify(this.draft) !== this.#untouched;
  }

  get hasDetails(): boolean {
    const { places, worse, better, sleep, note } = this;
    return places.length + worse.length + better.length > 0 || Boolean(sleep || note);
  }

  /** Also the id: under it a new entry may have been saved before the app was closed. */
  takeUp({ chosenAt, ...fields }: Draft): void {
    Object.assign(this, fields);
    this.chosenAt = chosenAt ? new Date(chosenAt) : null;
    // "Now" and "this morning" were then: what is taken up later keeps its time, in sight.
    if (this.when !== "now" || this.#isOld) this.when = "own";
  }

  get #isOld(): boolean {
    const begun = momentOf(this.day, this.time);
    return begun === null || Date.now() - begun.getTime() > STILL_NOW_MS;
  }

  chooseScore(score: number): void {
    this.score = score;
    this.forget("score");
  }

  chooseNow(): void {
    this.when = "now";
    this.forget("when");
  }

  chooseMoment({ id, at }: Moment): void {
    this.when = id;
    this.chosenAt = at;
    this.#setFields(at);
    this.forget("when");
  }

  /** The fields begin with what was chosen before: only what is wrong needs typing. */
  chooseOwn(): void {
    if (this.when === "now") this.#setFields(new Date());
    this.when = "own";
  }

  toggle(list: List, id: string): void {
    const chosen = this[list];
    this[list] = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
  }

  /** A field that is being corrected is not blamed any longer. */
  forget(field: keyof Problems): void {
    this.problems = { ...this.problems, [field]: undefined };
  }

  check(now: Date): boolean {
    const trouble = troubleWith(this.#at(now), now);
    this.problems = {
      ...(this.score === null && { score: m.entry_score_missing() }),
      ...(trouble === "missing" && { when: m.entry_when_missing() }),
      ...(trouble === "future" && { when: m.entry_when_future() }),
    };
    return Object.keys(this.problems).length === 0;
  }

  /** For a form that `check` has passed. */
  entry(now: Date): NewEntry {
    const at = this.#at(now);
    if (!at || this.score === null) throw new Error("A form with problems makes no entry.");
    const { id, score, beganOn, places, worse, better, sleep } = this;
    const details = { places: [...places], worse: [...worse], better: [...better], sleep };
    const note = this.note.trim();
    return { id, score, at: at.toISOString(), began_on: beganOn, ...details, note, ...this.#walk };
  }

  #at(now: Date): Date | null {
    if (this.when === "now") return now;
    const { chosenAt } = this;
    // Two fields hold no seconds: what nobody has changed stays as exact as it was.
    const typed = momentOf(this.day, this.time);
    if (!chosenAt || !typed) return typed;
    const was = fieldsOf(chosenAt);
    return was.day === this.day && was.time === this.time ? chosenAt : typed;
  }

  #fill({ score, at, beganOn, places, worse, better, sleep, note }: DiaryEntry): void {
    Object.assign(this, { score, beganOn, places, worse, better, sleep, note });
    this.when = "own";
    this.chosenAt = at;
    this.#setFields(at);
  }

  #setFields(at: Date): void {
    Object.assign(this, fieldsOf(at));
  }
}
