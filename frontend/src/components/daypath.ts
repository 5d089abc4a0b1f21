/**
 * The brand line as a measure of the day: a ground line that rises in an S and curls into an
 * open ring. Morning is at its start, the end of the evening at the ring's open end.
 */

export interface Point {
  x: number;
  y: number;
}

export const WIDTH = 360;
export const HEIGHT = 184;
const GROUND = 166;
const FLAT_END = 108;
const CENTRE: Point = { x: 266, y: 88 };
const RADIUS = 68;
const SWEEP = (308 * Math.PI) / 180;
const STEPS = 48;

const RISE: [Point, Point, Point, Point] = [
  { x: FLAT_END, y: GROUND },
  { x: 170, y: GROUND },
  { x: CENTRE.x - RADIUS, y: 146 },
  { x: CENTRE.x - RADIUS, y: CENTRE.y },
];

const samples: Point[] = [
  { x: 0, y: GROUND },
  ...along((t) => bezier(RISE, t)),
  ...along((t) => onRing(t * SWEEP)).slice(1),
];
const lengths = runningLength(samples);
export const LENGTH = lengths.at(-1) ?? 0;

export const D = drawn();

/** Where a share of the way, 0 to 1, lies on the line. */
export function pointAt(share: number): Point {
  const goal = Math.min(Math.max(share, 0), 1) * LENGTH;
  const next = Math.max(
    1,
    lengths.findIndex((length) => length >= goal),
  );
  const [from, to] = [samples[next - 1], samples[next]];
  const [before, after] = [lengths[next - 1] ?? 0, lengths[next] ?? 0];
  if (!from || !to) return { x: 0, y: GROUND };
  const t = after === before ? 0 : (goal - before) / (after - before);
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}

function along(at: (t: number) => Point): Point[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => at(i / STEPS));
}

function bezier([a, b, c, d]: typeof RISE, t: number): Point {
  const u = 1 - t;
  const mix = (p: number, q: number, r: number, s: number) =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

/** The ring starts at its left and runs over the top. */
function onRing(turned: number): Point {
  const angle = Math.PI + turned;
  return { x: CENTRE.x + RADIUS * Math.cos(angle), y: CENTRE.y + RADIUS * Math.sin(angle) };
}

function runningLength(points: Point[]): number[] {
  let total = 0;
  return points.map((point, i) => {
    const before = points[i - 1] ?? point;
    total += Math.hypot(point.x - before.x, point.y - before.y);
    return total;
  });
}

function drawn(): string {
  const [, b, c, d] = RISE;
  const end = onRing(SWEEP);
  return (
    `M0 ${GROUND}H${FLAT_END}C${b.x} ${b.y} ${c.x} ${c.y} ${d.x} ${d.y}` +
    `A${RADIUS} ${RADIUS} 0 1 1 ${end.x.toFixed(1)} ${end.y.toFixed(1)}`
  );
}
