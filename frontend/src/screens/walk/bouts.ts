/** Where in a walk the backward bouts lie, and what is said when. Seconds of walking. */
import { measure, type Mark } from "./timer";

/** Forward at first, and between two bouts, at least. */
const BETWEEN_S = 60;
/** The countdown before a bout: time to find the wall and put the phone away. */
export const LEAD_S = 30;
/** A cue that came so late was not heard: the bout is given again. */
const LATE_S = 5;

export interface Bout {
  /** Seconds into the walk. */
  from: number;
  seconds: number;
}

/** Spread evenly over the walk; those that the walk is too short for are left out. */
export function laidOut(bouts: readonly number[], totalSeconds: number): Bout[] {
  const fit = fitting(bouts, totalSeconds);
  const forward = totalSeconds - sum(fit);
  const gap = forward / (fit.length + 1);
  return fit.map((seconds, i) => ({
    from: Math.round(gap * (i + 1) + sum(fit.slice(0, i))),
    seconds,
  }));
}

function fitting(bouts: readonly number[], total: number): readonly number[] {
  const needed = sum(bouts) + (bouts.length + 1) * BETWEEN_S;
  return bouts.length === 0 || needed <= total ? bouts : fitting(bouts.slice(0, -1), total);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

/**
 * The bouts as they lie by now: where the cue for the next one came too late to be heard, that one
 * and all after it come later. The same bouts where nothing is late.
 */
export function asWalked(bouts: Bout[], marks: readonly Mark[], walked: number): Bout[] {
  const begun = begunAt(marks);
  const next = bouts[begun.length];
  if (!next || isBackward(marks) || walked <= next.from + LATE_S) return bouts;
  const late = Math.round(walked + LEAD_S - next.from);
  return bouts.map((bout, i) => {
    return { ...bout, from: Math.round(begun[i] ?? bout.from + late) };
  });
}

function isBackward(marks: readonly Mark[]): boolean {
  return measure(marks, 0).isBackward;
}

/** Seconds into the walk at which each bout was begun. */
export function begunAt(marks: readonly Mark[]): number[] {
  return marks.flatMap(({ kind, at }, i) =>
    kind === "backward" ? [measure(marks.slice(0, i), at).walked / 1000] : [],
  );
}

export type Cue =
  | { say: "forward"; next: Bout | null }
  /** Backward in `seconds`. */
  | { say: "soon"; seconds: number; bout: Bout }
  /** Backward for `seconds` more; `exact` in milliseconds, below nothing where it is over. */
  | { say: "backward"; seconds: number; exact: number; bout: Bout };

/** What holds at this moment of the walk. */
export function cueAt(bouts: readonly Bout[], marks: readonly Mark[], now: number): Cue {
  const { walked, isBackward: back } = measure(marks, now);
  const begun = begunAt(marks);
  const current = bouts[begun.length - 1];
  if (back && current) {
    const exact = (begun.at(-1) ?? 0) * 1000 + current.seconds * 1000 - walked;
    return { say: "backward", seconds: Math.ceil(exact / 1000), exact, bout: current };
  }
  const next = bouts[begun.length] ?? null;
  const left = next ? next.from - walked / 1000 : Infinity;
  if (!next || left > LEAD_S) return { say: "forward", next };
  return { say: "soon", seconds: Math.ceil(left), bout: next };
}
