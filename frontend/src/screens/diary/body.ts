/**
 * A body from behind, on a field 280 wide and 604 high: its outlines, the bands that cut them into
 * places, and where a finger may land. Outlines are points of the right half, measured from the
 * middle; the left half is their mirror. Left is the person's left, which seen from behind is left.
 */
import type { Place } from "./types";

export const WIDTH = 280;
export const HEIGHT = 604;
const MIDDLE = WIDTH / 2;

type Point = readonly [x: number, y: number];

/** Neck, trunk and one leg: down the outside, up the inside. */
const TRUNK_AND_LEG = `
  14,70 14.5,80 19,90 34,98 50,102.5 60,108 64,119 63,134 61.5,150 60.5,168 57,190
  52,210 48.5,228 50,244 55,262 59.5,282 61.5,302 61,326 58,352 53.5,380 49.5,404
  47.5,424 47.5,438 50,454 52,472 50,494 45,520 40.5,542 39,556 41,568 47,580 49.5,588
  46.5,594 36,595.5 26,595.5 19.5,592 17.5,582 20,568 20.5,556 20.5,542 18,520 13.5,496
  11,474 12.5,454 14,438 13,424 10.5,404 7,380 4,352 1.6,330 0.8,318`;

const ARM = `
  52,102 66,104.5 77,112 83.5,126 86,146 89,172 92,196 95.5,212 101,230 105,250 108,272
  109.5,290 112,303 116,318 117,332 114,349 109,359 103.5,360 100.5,352 99,342 96,336
  94.5,326 96.5,312 96.5,298 94,280 88.5,256 82,234 75.5,214 70,194 65,170 60,146 54,126`;

const HEAD = `
  0,4 13,6.5 22.5,15 26.5,29 26.3,42 24,56 19.5,67 12,75 0,77`;

const HAIR = `
  0,3 13.5,5.5 23.5,14 27.8,29 27,44 23.5,56 17,63 9,67 0,68`;

export const OUTLINE = mirrored(TRUNK_AND_LEG);
export const HEAD_OUTLINE = mirrored(HEAD);
export const HAIR_OUTLINE = mirrored(HAIR);
export const ARMS = [smooth(points(ARM, -1)), smooth(points(ARM, 1))];
export const EARS = [MIDDLE - 27.2, MIDDLE + 27.2];

/** What the eye looks for in a back: spine, shoulder blades, hollows of the knees, tendons. */
export const FEATURES: readonly string[] = [
  "M140 104V258",
  "M112 120Q104 140 112 156Q118 158 122 146",
  "M168 120Q176 140 168 156Q162 158 158 146",
  "M101 428Q109 434 119 429",
  "M179 428Q171 434 161 429",
  "M109 518Q110 532 110 541",
  "M171 518Q170 532 170 541",
];

export interface Region {
  place: Place;
  /** Reaches past the body, which clips it. */
  band: string;
  /** Where a finger may land: x, y, width and height. At least 48 across, and none over another. */
  target: readonly [number, number, number, number];
  /** Where the mark stands that says it is chosen. */
  mark: Point;
}

export const REGIONS: readonly Region[] = [
  {
    place: "upper_back",
    band: "M50 84Q140 102 230 84V150Q185 162 140 164Q95 162 50 150Z",
    target: [66, 88, 148, 68],
    mark: [140, 130],
  },
  {
    place: "middle_back",
    band: "M60 149Q95 162 140 164Q185 162 220 149V206Q180 210.500 162 211.500Q140 213 118 211.500Q100 210.500 60 206Z",
    target: [66, 156, 148, 52],
    mark: [140, 187],
  },
  {
    place: "low_back_left",
    band: "M60 206Q100 210.500 118 211.500V265Q95 256 70 254Z",
    target: [62, 208, 52, 54],
    mark: [104, 234],
  },
  {
    place: "low_back_centre",
    band: "M118 211.500Q140 213 162 211.500V265Q150 271 140 280Q130 271 118 265Z",
    target: [114, 208, 52, 54],
    mark: [140, 238],
  },
  {
    place: "low_back_right",
    band: "M220 206Q180 210.500 162 211.500V265Q185 256 210 254Z",
    target: [166, 208, 52, 54],
    mark: [176, 234],
  },
  {
    place: "buttock_left",
    band: "M70 254Q95 256 118 265Q130 271 140 280V318Q136 330 112 329Q90 328 70 318Z",
    target: [70, 262, 70, 60],
    mark: [110, 296],
  },
  {
    place: "buttock_right",
    band: "M210 254Q185 256 162 265Q150 271 140 280V318Q144 330 168 329Q190 328 210 318Z",
    target: [140, 262, 70, 60],
    mark: [170, 296],
  },
  {
    place: "thigh_left",
    band: "M70 318Q90 328 112 329Q136 330 140 318V404Q110 410 60 404Z",
    target: [72, 322, 68, 82],
    mark: [109, 366],
  },
  {
    place: "thigh_right",
    band: "M210 318Q190 328 168 329Q144 330 140 318V404Q170 410 220 404Z",
    target: [140, 322, 68, 82],
    mark: [171, 366],
  },
  {
    place: "knee_left",
    band: "M60 404Q110 410 140 404V454Q110 460 60 454Z",
    target: [78, 404, 62, 50],
    mark: [109, 430],
  },
  {
    place: "knee_right",
    band: "M220 404Q170 410 140 404V454Q170 460 220 454Z",
    target: [140, 404, 62, 50],
    mark: [171, 430],
  },
  {
    place: "calf_left",
    band: "M60 454Q110 460 140 454V546H60Z",
    target: [78, 454, 62, 92],
    mark: [108, 492],
  },
  {
    place: "calf_right",
    band: "M220 454Q170 460 140 454V546H220Z",
    target: [140, 454, 62, 92],
    mark: [172, 492],
  },
  {
    place: "foot_left",
    band: "M60 546H140V600H60Z",
    target: [78, 546, 62, 54],
    mark: [107, 575],
  },
  {
    place: "foot_right",
    band: "M220 546H140V600H220Z",
    target: [140, 546, 62, 54],
    mark: [173, 575],
  },
];

function points(written: string, side: 1 | -1): Point[] {
  const numbers = written
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const pairs = numbers.length / 2;
  return Array.from({ length: pairs }, (_, i) => [
    MIDDLE + side * (numbers[2 * i] ?? 0),
    numbers[2 * i + 1] ?? 0,
  ]);
}

function mirrored(half: string): string {
  const onTheMiddle = ([x]: Point) => x === MIDDLE;
  const back = points(half, -1).reverse();
  return smooth([...points(half, 1), ...back.filter((point) => !onTheMiddle(point))]);
}

/** A closed curve through all points (centripetal Catmull-Rom: no kinks where points are close). */
function smooth(through: readonly Point[]): string {
  const at = (i: number) => through.at(i % through.length) as Point;
  const start = at(0);
  const curves = through.map((_, i) => curve(at(i - 1), at(i), at(i + 1), at(i + 2)));
  return `M${start[0]} ${start[1]}${curves.join("")}Z`;
}

function curve(before: Point, from: Point, to: Point, after: Point): string {
  const first = handle(from, to, before);
  const second = handle(to, from, after);
  return `C${[...first, ...second, ...to].map((n) => n.toFixed(1)).join(" ")}`;
}

/** The handle at `from` of the curve towards `to`, which comes from `before`. */
function handle(from: Point, to: Point, before: Point): Point {
  const ahead = distance(from, to);
  const behind = distance(from, before);
  const mixed = Math.sqrt(ahead * behind);
  const weight = 3 * (behind + mixed);
  const along = (i: 0 | 1) =>
    (behind * to[i] - ahead * before[i] + (2 * behind + 3 * mixed + ahead) * from[i]) / weight;
  return [along(0), along(1)];
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.max(Math.hypot(bx - ax, by - ay), 1e-6);
}
