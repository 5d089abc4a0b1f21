/** Where days and scores lie in the picture, in CSS pixels. */
import { dayNumber, type ChartData, type Column } from "./data";
import type { Room } from "./labels";
import type { Point } from "./line";

export interface Box {
  width: number;
  height: number;
  /** The size of its text: pictures grow with it. */
  em: number;
  /** Time runs from right to left where the language does. */
  rtl: boolean;
  widthOf: (text: string) => number;
}

export interface Extent {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const WORST = 10;
/** The disc of the latest score; in em, like all that belongs to text. */
export const RING = 1;
export const ROW = 1.5;
const AXIS_NUMBERS = 1.9;
const ABOVE_TEN = 1.4;
const BELOW_ZERO = 0.7;
const MARKS = 1;
const AXIS = 1.7;
const AIR = 0.5;

/** How much of the height belongs to words: so much is added to the room for the scores. */
export function emsFor(rows: number, walks: boolean): number {
  return rows * ROW + ABOVE_TEN + BELOW_ZERO + (walks ? ROW + MARKS : 0) + AXIS;
}

export class Scale {
  readonly box: Box;
  readonly left: number;
  /** The width of a day. */
  readonly day: number;
  readonly ten: number;
  readonly zero: number;
  /** The strip of the walks, below their word. */
  readonly marks: { top: number; bottom: number };
  readonly axis: number;
  readonly #first: number;

  constructor(data: Pick<ChartData, "from" | "to" | "walks">, box: Box, rows: number) {
    this.box = box;
    const { width, height, em } = box;
    this.#first = dayNumber(data.from);
    const days = dayNumber(data.to) - this.#first + 1;
    this.left = AXIS_NUMBERS * em;
    // The last score stands on a disc, all of which has to be in the picture.
    const room = width - this.left;
    this.day = Math.max(Math.min(room / days, (room - RING * em - 2) / (days - 0.5)), 0);
    this.axis = height - AXIS * em * 0.35;
    const bottom = height - AXIS * em;
    const strip = data.walks.length > 0 ? MARKS * em : 0;
    this.marks = { top: bottom - strip, bottom };
    const words = data.walks.length > 0 ? ROW * em : 0;
    this.zero = this.marks.top - words - BELOW_ZERO * em;
    this.ten = (rows * ROW + ABOVE_TEN) * em;
  }

  get room(): Room {
    const { width, em, widthOf } = this.box;
    return { width, air: AIR * em, widthOf };
  }

  get right(): number {
    return this.box.width;
  }

  /** The start of a day, before it is mirrored. */
  start(day: number): number {
    return this.left + (day - this.#first) * this.day;
  }

  middle({ first, last }: Pick<Column, "first" | "last">): number {
    return (this.start(first) + this.start(last + 1)) / 2;
  }

  y(score: number): number {
    return this.zero - ((this.zero - this.ten) * score) / WORST;
  }

  point(x: number, y: number): Point {
    return { x: this.box.rtl ? this.box.width - x : x, y };
  }

  extent(from: number, to: number, top: number, bottom: number): Extent {
    const x = this.box.rtl ? this.box.width - to : from;
    return { x, y: top, width: to - from, height: bottom - top };
  }
}
