/**
 * A walk as a log of what happened when, by the wall clock. How long it has lasted is worked out
 * from the log each time, so that a locked phone, a frozen tab or a closed browser loses nothing.
 */

export type Happening = "start" | "pause" | "resume" | "backward" | "forward" | "end";

export interface Mark {
  kind: Happening;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Measured {
  state: "ready" | "walking" | "paused" | "over";
  /** Whether the feet go backward just now. */
  isBackward: boolean;
  /** Milliseconds, pauses left out. */
  walked: number;
  /** Of these, backward. */
  backward: number;
}

/** Nobody walks for longer than that at a stretch; the server would not take it either. */
export const LONGEST_MS = 8 * 3_600_000;
/** What is shorter than that is not kept: the server would not take it. */
export const SHORTEST_MS = 60_000;
/** Unseen for so long, a walk may have been left running. */
const UNSEEN_MS = 2 * 3_600_000;
/** Clocks are put right by a second or two all the time. */
const SLACK_MS = 3_000;

interface Sum extends Measured {
  since: number;
}

const NOTHING: Sum = { state: "ready", isBackward: false, walked: 0, backward: 0, since: 0 };

export function measure(marks: readonly Mark[], now: number): Measured {
  const { state, isBackward, walked, backward } = grown(marks.reduce(after, NOTHING), now);
  return { state, isBackward, walked, backward };
}

function after(sum: Sum, { kind, at }: Mark): Sum {
  return { ...grown(sum, at), ...stateAfter(kind), since: at };
}

/** A clock that was moved back makes a stretch of nothing, never less than nothing. */
function grown(sum: Sum, to: number): Sum {
  if (sum.state !== "walking") return sum;
  const ms = Math.max(0, to - sum.since);
  return { ...sum, walked: sum.walked + ms, backward: sum.backward + (sum.isBackward ? ms : 0) };
}

function stateAfter(kind: Happening): Partial<Sum> {
  if (kind === "backward") return { isBackward: true };
  if (kind === "forward") return { isBackward: false };
  const state = kind === "pause" ? "paused" : kind === "end" ? "over" : "walking";
  return { state, isBackward: false };
}

/** Whether `kind` makes sense after what has happened. A second tap on Pause is a slip. */
export function fits(marks: readonly Mark[], kind: Happening): boolean {
  const { state, isBackward } = measure(marks, marks.at(-1)?.at ?? 0);
  if (kind === "start") return state === "ready";
  if (kind === "resume") return state === "paused" || state === "over";
  if (kind === "end") return state === "walking" || state === "paused";
  if (kind === "forward") return isBackward;
  return state === "walking" && (kind === "pause" || !isBackward);
}

/** A mark is never earlier than the one before it. */
export function marked(marks: readonly Mark[], kind: Happening, at: number): Mark[] {
  if (!fits(marks, kind)) return [...marks];
  // "Go on" after the end: the time in between was a pause.
  const kept = marks.map((one) => (one.kind === "end" ? { ...one, kind: "pause" as const } : one));
  return [...kept, { kind, at: Math.max(at, kept.at(-1)?.at ?? at) }];
}

/** Ends it at an earlier moment than now: what was marked after that did not happen. */
export function endedAt(marks: readonly Mark[], at: number): Mark[] {
  const [first, ...rest] = marks;
  if (!first) return [];
  const end = Math.max(at, first.at);
  return [first, ...rest.filter((mark) => mark.at < end), { kind: "end", at: end }];
}

/** All of it, by another clock. */
export function shifted(marks: readonly Mark[], by: number): Mark[] {
  return marks.map(({ kind, at }) => ({ kind, at: at + by }));
}

export function startOf(marks: readonly Mark[]): number | null {
  return marks[0]?.at ?? null;
}

export function endOf(marks: readonly Mark[]): number | null {
  const last = marks.at(-1);
  return last?.kind === "end" ? last.at : null;
}

/**
 * What to make of a walk that is found when the app comes into view. `seen`: when this phone last
 * had it before its eyes. `clock`: the phone's clock was moved meanwhile, and no minutes can be
 * told from it. `ask`: it may have been left running.
 */
export function found(
  { marks, seen }: { marks: readonly Mark[]; seen: number },
  now: number,
): "goes_on" | "ask" | "clock" {
  const { state, walked } = measure(marks, now);
  const last = Math.max(seen, marks.at(-1)?.at ?? 0);
  if (now < last - SLACK_MS) return "clock";
  if (state !== "walking") return "goes_on";
  return now - last > UNSEEN_MS || walked > LONGEST_MS ? "ask" : "goes_on";
}

/**
 * How far the clock was moved between two looks at it, in milliseconds. Only a clock that is moved
 * back, or forward before our eyes, is told from a phone that slept: both stop the other clock.
 */
export function moved(from: Look, to: Look): number {
  const by = to.wall - from.wall - (to.steady - from.steady);
  if (Math.abs(by) <= SLACK_MS) return 0;
  return by < 0 || (from.visible && to.visible) ? by : 0;
}

/** The two clocks at one moment: the one people set, and the one that only goes on. */
export interface Look {
  wall: number;
  steady: number;
  /** The screen had been on since the look before. */
  visible: boolean;
}
