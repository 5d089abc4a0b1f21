import { FEWEST_ACTIVITIES, MOST_ACTIVITIES, type PsfsAnswers } from "./scales";

export interface Row {
  key: number;
  name: string;
  score: number | null;
}

export interface PsfsDraft {
  id: string;
  rows: Row[];
}

export type Trouble = "name" | "twice" | "score";

/** Three to five activities of one's own; nothing typed is lost when saving fails. */
export class PsfsForm {
  id: string = crypto.randomUUID();
  rows = $state<Row[]>([]);
  /** By the row's key. */
  troubles = $state.raw<Readonly<Record<number, Trouble>>>({});
  #untouched = "";
  #next = 0;

  /** `names`: those of the last time, to be scored anew. */
  constructor(names: readonly string[]) {
    const start = [...names];
    while (start.length < FEWEST_ACTIVITIES) start.push("");
    this.rows = start.slice(0, MOST_ACTIVITIES).map((name) => this.#row(name));
    this.#untouched = JSON.stringify(this.rows);
  }

  get draft(): PsfsDraft {
    return { id: this.id, rows: $state.snapshot(this.rows) };
  }

  get touched(): boolean {
    return JSON.stringify(this.rows) !== this.#untouched;
  }

  takeUp({ id, rows }: PsfsDraft): void {
    this.id = id;
    this.rows = rows;
    this.#next = Math.max(...rows.map(({ key }) => key)) + 1;
  }

  get full(): boolean {
    return this.rows.length >= MOST_ACTIVITIES;
  }

  get fewest(): boolean {
    return this.rows.length <= FEWEST_ACTIVITIES;
  }

  add(): void {
    if (!this.full) this.rows.push(this.#row(""));
  }

  remove(key: number): void {
    this.rows = this.rows.filter((row) => row.key !== key);
    this.forget(key);
  }

  /** What is being corrected is not blamed any longer. */
  forget(key: number): void {
    const others = Object.entries(this.troubles).filter(([one]) => Number(one) !== key);
    this.troubles = Object.fromEntries(others);
  }

  check(): boolean {
    const found = this.rows.flatMap((row, i) => {
      const trouble = troubleWith(row, this.rows.slice(0, i));
      return trouble ? [[row.key, trouble] as const] : [];
    });
    this.troubles = Object.fromEntries(found);
    return found.length === 0;
  }

  /** For a form that `check` has passed. */
  get answers(): PsfsAnswers {
    const rows = this.rows.map(({ name, score }) => ({ name: tidy(name), score: score ?? 0 }));
    return { activities: rows };
  }

  #row(name: string): Row {
    return { key: this.#next++, name, score: null };
  }
}

function troubleWith({ name, score }: Row, before: readonly Row[]): Trouble | null {
  const own = tidy(name).toLocaleLowerCase();
  if (!own) return "name";
  if (before.some((row) => tidy(row.name).toLocaleLowerCase() === own)) return "twice";
  return score === null ? "score" : null;
}

function tidy(name: string): string {
  return name.trim().split(/\s+/).join(" ");
}
