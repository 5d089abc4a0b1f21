/** Where a walk went, from positions that are never quite right. Distances in metres. */

export interface Position {
  lat: number;
  lon: number;
  /** How far it may be off, in metres, as the phone says. */
  accuracy: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** As it is kept: latitude, longitude, whole seconds since the walk's start. */
export type Point = [lat: number, lon: number, seconds: number];

export interface Track {
  points: readonly Point[];
  distance: number;
}

export const NOWHERE: Track = { points: [], distance: 0 };

/** A position that may be off by more says nothing about where somebody walked. */
const TOO_VAGUE_M = 35;
/** Positions wander by about that much while one stands still. */
const LEAST_M = 5;
/** Faster than this is a jump of the position, or a bus. The server takes no more on average. */
const FASTEST_M_S = 3.5;
/** More points than that are not worth their weight. */
export const MOST_POINTS = 1000;
const EARTH_M = 6_371_000;

/** The track with one more position; the same track where that one is not to be believed. */
export function extended(track: Track, position: Position, startedAt: number): Track {
  if (position.accuracy > TOO_VAGUE_M) return track;
  const seconds = Math.round((position.at - startedAt) / 1000);
  const point: Point = [rounded(position.lat), rounded(position.lon), Math.max(0, seconds)];
  const last = track.points.at(-1);
  if (!last) return { points: [point], distance: 0 };
  const step = metres(last, point);
  const took = point[2] - last[2];
  const least = Math.max(LEAST_M, position.accuracy / 2);
  if (took <= 0 || step < least || step / took > FASTEST_M_S) return track;
  return { points: [...track.points, point], distance: track.distance + step };
}

/** A metre or so: more decimals would only look exact. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}

export function metres(from: Point, to: Point): number {
  const [lat, lon] = [radians(to[0] - from[0]), radians(to[1] - from[1])];
  const x = lon * Math.cos(radians((from[0] + to[0]) / 2));
  return Math.hypot(lat, x) * EARTH_M;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** No more points than are needed, evenly left out, with both ends kept. */
export function thinned(points: readonly Point[], most = MOST_POINTS): Point[] {
  if (points.length <= most) return [...points];
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => points[Math.round(i * step)] as Point);
}

/** An easy walking step, and how many of them there are in a minute: averages of grown-ups. */
const STEP_M = 0.67;
const STEPS_A_MINUTE = 100;

/** A guess to the nearest ten: by the distance where there is one, else by the minutes. */
export function guessedSteps(walkedMs: number, distance: number | null): number {
  const steps = distance ? distance / STEP_M : (walkedMs / 60_000) * STEPS_A_MINUTE;
  return Math.round(steps / 10) * 10;
}

/** The track as a line in a box, north up. Null where there is nothing to draw. */
export function drawn(points: readonly Point[], width: number, height: number): string | null {
  const [first] = points;
  if (!first || points.length < 2) return null;
  const flat = points.map(([lat, lon]) => ({
    x: (lon - first[1]) * Math.cos(radians(first[0])),
    y: first[0] - lat,
  }));
  const [left, right] = ends(flat.map(({ x }) => x));
  const [top, bottom] = ends(flat.map(({ y }) => y));
  const scale = Math.min(width / (right - left || 1e-9), height / (bottom - top || 1e-9));
  const inset = {
    x: (width - (right - left) * scale) / 2,
    y: (height - (bottom - top) * scale) / 2,
  };
  const at = flat.map(
    ({ x, y }) =>
      `${((x - left) * scale + inset.x).toFixed(1)} ${((y - top) * scale + inset.y).toFixed(1)}`,
  );
  return `M${at.join("L")}`;
}

function ends(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}
