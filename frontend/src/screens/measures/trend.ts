import type { Known } from "./local";

export interface Point {
  id: string;
  at: Date;
  mean: number;
  /** In percent of a plot from the first to the last, and from 10 down to 0. */
  x: number;
  y: number;
}

/** The results as points in time, the oldest first. */
export function lineOf(newestFirst: readonly Known[]): Point[] {
  const inTime = [...newestFirst]
    .reverse()
    .map(({ id, at, mean }) => ({ id, at: new Date(at), mean }));
  const [start = 0, end = 0] = [inTime.at(0), inTime.at(-1)].map((one) => one?.at.getTime());
  const span = Math.max(end - start, 1);
  return inTime.map((one) => ({
    ...one,
    x: round(((one.at.getTime() - start) / span) * 100),
    y: round(100 - one.mean * 10),
  }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
