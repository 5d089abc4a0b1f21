/** The brand line as a walk's clock: it comes in from below, and its ring is the time set out for. */
import type { Bout } from "./bouts";

export const WIDTH = 390;
export const HEIGHT = 416;
const CENTRE = { x: 198, y: 178 };
const RADIUS = 150;
const SWEEP = 316.8;
/** From beyond the edge of the widest phone on its side. */
const LEAD_IN = "M-900 420H-20C30 420 48 350 48 178";
const MOST_STONES = 30;
/** A capsule keeps clear of its neighbours by that much, in degrees. */
const AIR = 3.6;

export const LOOP = LEAD_IN + arc(0, 1).slice(startLength());

function startLength(): number {
  return `M${at(0)}`.length;
}

/** Degrees, from the ring's left and over its top. */
function degrees(share: number): number {
  return 180 + SWEEP * Math.min(Math.max(share, 0), 1);
}

export function point(share: number): { x: number; y: number; turn: number } {
  const turn = degrees(share);
  const radians = (turn * Math.PI) / 180;
  return {
    x: CENTRE.x + RADIUS * Math.cos(radians),
    y: CENTRE.y + RADIUS * Math.sin(radians),
    turn: turn + 90,
  };
}

function at(share: number): string {
  const { x, y } = point(share);
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function arc(from: number, to: number): string {
  const large = degrees(to) - degrees(from) > 180 ? 1 : 0;
  return `M${at(from)}A${RADIUS} ${RADIUS} 0 ${large} 1 ${at(to)}`;
}

/** The ribbon up to here. */
export function ribbon(share: number): string {
  if (share <= 0) return LEAD_IN;
  return LEAD_IN + arc(0, share).slice(startLength());
}

/** The middle of each minute to come that is walked forward; of long walks, of every few minutes. */
export function stones(total: number, walked: number, bouts: readonly Bout[]): number[] {
  const minutes = total / 60;
  const step = minutes <= MOST_STONES ? 1 : 5;
  const middles = Array.from(
    { length: Math.floor(minutes / step) },
    (_, i) => (i + 0.5) * step * 60,
  );
  const near = (total / SWEEP) * 8;
  return middles
    .filter((middle) => middle > walked + near * 1.5)
    .filter((middle) => !bouts.some(({ from, seconds }) => within(middle, from, seconds, near)))
    .map((middle) => middle / total);
}

function within(middle: number, from: number, seconds: number, near: number): boolean {
  return middle > from - near && middle < from + seconds + near;
}

export interface Capsule {
  d: string;
  arrows: string;
  past: boolean;
}

/** A backward bout as a hollow capsule on the path; chevrons point where one came from. */
export function capsules(total: number, walked: number, bouts: readonly Bout[]): Capsule[] {
  return bouts.map(({ from, seconds }) => {
    const air = Math.min(AIR, (seconds / total) * SWEEP * 0.3) / SWEEP;
    const [start, end] = [from / total + air, (from + seconds) / total - air];
    const middle = point((start + end) / 2);
    const place = `translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)})`;
    return {
      d: arc(start, end),
      arrows: `${place} rotate(${middle.turn.toFixed(1)})`,
      past: walked >= from + seconds,
    };
  });
}
