import { install } from "../../frame/install.svelte";
import { replay, saveEntry, deleteEntry, type WalkMoment } from "../../offline/outbox";
import { asWalked } from "./bouts";
import { Guide } from "./guide";
import { keepTrack, onRecorded, record, recorded } from "./kept";
import { Location } from "./location.svelte";
import {
  endedAt,
  endOf,
  found,
  marked,
  measure,
  moved,
  SHORTEST_MS,
  shifted,
  startOf,
  type Happening,
  type Look,
} from "./timer";
import { extended, NOWHERE, type Position } from "./track";
import type { Recording, Stopped } from "./types";
import { awake } from "./awake";
import { bodyOf, dropWalk, keepWalk } from "./walks";

const TICK_MS = 500;
/** How often it is written down that the walk is still before somebody's eyes. */
const SEEN_MS = 15_000;
/** So long after its end a walk can still be scored where it was recorded. */
const OVER_MS = 60 * 60_000;

export type Setting = Pick<
  Recording,
  "purpose" | "planned" | "chosen" | "bouts" | "checklist" | "before" | "located"
>;

/** The walk that is being recorded on this phone, if any. */
export class Recorder {
  walk = $state.raw<Recording | null>(null);
  /** What this phone keeps is known by now. */
  looked = $state(false);
  now = $state(Date.now());
  /** It was found, and nobody can tell from the clock alone when it ended. */
  doubt = $state<"ask" | "clock" | null>(null);
  /** Taken up again after the app had been closed. */
  resumed = $state(false);
  /** The clock was moved meanwhile, and that was put right. */
  clockMoved = $state(false);
  /** The phone could not write it down. */
  failed = $state(false);
  readonly location = new Location((position) => this.#located(position));
  #look: Look = look();
  #hidden = false;
  #leads = !("locks" in navigator);
  readonly #guide = new Guide();

  readonly measured = $derived(measure(this.walk?.marks ?? [], this.now));

  async open(): Promise<void> {
    this.walk = await recorded().catch(() => null);
    this.looked = true;
    if (!this.walk) return;
    this.now = Date.now();
    // It was saved at its end: after a while a new one may begin.
    const end = endOf(this.walk.marks);
    if (end !== null && this.now - end > OVER_MS) return this.leave();
    this.resumed = this.measured.state === "walking";
    this.#judge();
  }

  /** While the screen is open. Answers the way to stop. */
  watch(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    this.#look = look();
    const timer = setInterval(() => this.#tick(), TICK_MS);
    const unsubscribe = onRecorded(() => void this.#reread());
    document.addEventListener("visibilitychange", () => this.#turned(), { signal });
    document.addEventListener("freeze", () => (this.#hidden = true), { signal });
    this.#lead(signal);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      unsubscribe();
      this.location.stop();
      void awake.release();
    });
    return () => stop.abort();
  }

  /** One walk at a time: where another window has begun one, that one goes on. */
  async start(setting: Setting): Promise<void> {
    const at = Date.now();
    const fresh: Recording = {
      ...setting,
      id: crypto.randomUUID(),
      ...{ marks: [{ kind: "start", at }], seen: at, stopped: "", after: null, note: "" },
      ...{ minutes: null, track: NOWHERE, keepsTrack: false },
    };
    await this.#change((old) => (old && !isOver(old) ? old : fresh), true);
    this.resumed = false;
    this.#tick();
    if (this.walk) await this.#score("before", this.walk.before);
  }

  async happen(kind: Happening): Promise<void> {
    this.#watchClock();
    const at = Date.now();
    this.resumed = false;
    await this.#change((old) => ({ ...old, marks: marked(old.marks, kind, at), seen: at }));
    this.#tick();
  }

  /** Ends it, and saves it. `at`: an earlier moment, where it was left running. */
  async finish(stopped: Stopped = "", at = Date.now()): Promise<void> {
    this.#watchClock();
    await this.#change((old) => {
      const marks = endedAt(old.marks, at);
      return { ...old, marks, stopped: stopped || old.stopped, seen: Date.now() };
    });
    this.doubt = null;
    this.location.stop();
    await this.save();
  }

  /** It cannot be told from the clock: the person says how long it was, up to now. */
  async finishWith(minutes: number): Promise<void> {
    const now = Date.now();
    await this.#change((old) => ({ ...old, marks: inOne(now, minutes), minutes }));
    this.doubt = null;
    await this.save();
  }

  /** Nobody was asked in vain: it does go on. */
  goesOn(): void {
    this.doubt = null;
    void this.#change((old) => ({ ...old, seen: Date.now() }));
  }

  /** The backward part is over for today; the walk may go on. */
  async stopBackward(stopped: Stopped): Promise<void> {
    await this.happen("forward");
    await this.#change((old) => {
      const begun = old.marks.filter(({ kind }) => kind === "backward").length;
      return { ...old, stopped, bouts: old.bouts.slice(0, begun) };
    });
  }

  async score(score: number): Promise<void> {
    const given = this.walk?.after ?? { id: crypto.randomUUID(), at: new Date().toISOString() };
    await this.#change((old) => ({ ...old, after: { ...given, score } }));
    if (this.walk) await this.#score("after", this.walk.after);
  }

  async note(changed: Partial<Pick<Recording, "note" | "minutes" | "keepsTrack">>): Promise<void> {
    await this.#change((old) => ({ ...old, ...changed }));
  }

  get tooShort(): boolean {
    return this.walk !== null && bodyOf(this.walk).seconds * 1000 < SHORTEST_MS;
  }

  /** On this phone first; then to the server, whenever there is one. */
  async save(): Promise<void> {
    const { walk } = this;
    if (!walk || this.tooShort) return;
    try {
      await keepWalk(walk.id, bodyOf(walk));
      await keepTrack(walk.id, walk.located ? walk.track.points : []);
      this.failed = false;
      install.somethingFinished();
      void replay().catch(() => undefined);
    } catch {
      this.failed = true;
    }
  }

  /** It is saved; the next one may begin. */
  async leave(): Promise<void> {
    await this.save();
    await this.#change(() => undefined);
  }

  /** It never happened. Answers the way to have it back. */
  async discard(): Promise<() => Promise<void>> {
    const { walk } = this;
    const scores = [walk?.before, walk?.after].filter((one) => one !== null && one !== undefined);
    await this.#change(() => undefined);
    if (walk) await dropWalk(walk.id);
    for (const { id } of scores) await deleteEntry(id);
    return async () => {
      if (!walk) return;
      await this.#change((old) => old ?? walk, true);
      await this.save();
      await this.#score("before", walk.before);
      await this.#score("after", walk.after);
    };
  }

  async #score(walk_moment: WalkMoment, given: Recording["before"]): Promise<void> {
    const { walk } = this;
    if (!walk || !given) return;
    await saveEntry({ ...given, walk: walk.id, walk_moment });
    void replay().catch(() => undefined);
  }

  /** Shown at once, written down behind it. `fresh`: there may be none yet. */
  async #change(decide: (old: Recording) => Recording | undefined, fresh = false): Promise<void> {
    const shown = this.walk;
    if (shown || fresh) this.walk = decide(shown as Recording) ?? null;
    try {
      const was = shown?.id;
      this.walk = await record((old) => {
        if (fresh) return decide(old as Recording);
        // Another window may have ended it, or begun another.
        return old && old.id === was ? decide(old) : old;
      });
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  async #reread(): Promise<void> {
    this.walk = await recorded().catch(() => this.walk);
  }

  #tick(): void {
    this.#watchClock();
    this.now = Date.now();
    const { walk } = this;
    if (!walk || this.measured.state !== "walking" || this.doubt) return;
    // A page that comes into view may tick before it is told so.
    this.#judge();
    if (this.doubt) return;
    const stale = this.now - walk.seen > SEEN_MS && document.visibilityState === "visible";
    if (stale) void this.#change((old) => ({ ...old, seen: this.now }));
    void awake.keep();
    if (!this.#leads) return;
    if (walk.located) this.location.start();
    this.#follow(walk);
  }

  /** Backward and forward again, at their time. */
  #follow(walk: Recording): void {
    const bouts = asWalked(walk.bouts, walk.marks, this.measured.walked / 1000);
    if (bouts !== walk.bouts) return void this.#change((old) => ({ ...old, bouts }));
    const next = this.#guide.at(walk, this.now);
    if (!next) return;
    void this.#change((old) => ({ ...old, marks: marked(old.marks, next.kind, next.at) }));
  }

  #watchClock(): void {
    const now = look();
    const by = moved(this.#look, { ...now, visible: now.visible && !this.#hidden });
    this.#look = now;
    this.#hidden = !now.visible;
    if (by === 0 || !this.walk || isOver(this.walk)) return;
    this.clockMoved = true;
    void this.#change((old) => {
      return { ...old, marks: shifted(old.marks, by), seen: old.seen + by };
    });
  }

  /** Back before somebody's eyes. */
  #turned(): void {
    if (document.visibilityState !== "visible") {
      this.#hidden = true;
      return;
    }
    this.#judge();
    this.#tick();
  }

  #judge(): void {
    if (!this.walk) return;
    const verdict = found(this.walk, Date.now());
    this.doubt = verdict === "goes_on" ? null : verdict;
  }

  #located(position: Position): void {
    const { walk, measured } = this;
    const start = walk && startOf(walk.marks);
    if (!walk || !start || measured.state !== "walking") return;
    const track = extended(walk.track, position, start);
    if (track !== walk.track) this.walk = { ...walk, track };
    void this.#change((old) => ({ ...old, track }));
  }

  /** Of several windows one gives the cues and asks where the phone is. */
  #lead(signal: AbortSignal): void {
    if (!("locks" in navigator)) return;
    const held = new Promise<void>((resolve) =>
      signal.addEventListener("abort", () => {
        this.#leads = false;
        resolve();
      }),
    );
    const lead = () => {
      this.#leads = true;
      return held;
    };
    navigator.locks.request("backstep.walk", { signal }, lead).catch(() => undefined);
  }
}

function isOver({ marks }: Recording): boolean {
  return marks.at(-1)?.kind === "end";
}

function inOne(end: number, minutes: number): Recording["marks"] {
  return [
    { kind: "start", at: end - minutes * 60_000 },
    { kind: "end", at: end },
  ];
}

function look(): Look {
  const visible = document.visibilityState === "visible";
  return { wall: Date.now(), steady: performance.now(), visible };
}

export const recorder = new Recorder();
