/** Where everything of the look back lies, in CSS pixels: columns of days, pain above, minutes below. */
import { minutesOf } from "../move/words";
import type { LookBack } from "./types";
import { axisWords, highestAfter } from "./words";

export interface Box {
  width: number;
  /** The size of its text. */
  em: number;
  rtl: boolean;
  widthOf: (text: string) => number;
}

export interface Label {
  x: number;
  y: number;
  text: string;
}

interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Two scores of a walk: the one before it, and the highest after. */
interface Pair {
  x: number;
  before: number | null;
  after: number | null;
}

export interface Plot {
  pain: { height: number; grid: Label[]; pairs: Pair[]; numbers: Label[]; left: number; r: number };
  minutes: { height: number; base: number; bars: Bar[]; numbers: Label[] };
  axis: Label[];
  axisHeight: number;
}

const WORST = 10;
const PAIN_HEIGHT = 120;
const BARS_HEIGHT = 72;
const WIDEST_BAR = 28;
const STONE = { least: 3, most: 5, share: 0.36 } as const;
const AIR = 1.2;
const GRID = [0, 5, 10];

export function plotOf(data: LookBack, box: Box): Plot {
  const { em, width } = box;
  const left = 1.6 * em;
  const column = Math.max(0, (width - left) / data.days.length);
  const middle = (i: number) => mirrored(left + (i + 0.5) * column, box);
  return {
    pain: painOf(data, box, left, column, middle),
    minutes: minutesPart(data, box, column, middle),
    axis: spread(
      axisWords(data).map((text, i) => text && { x: inside(middle(i), text, box), y: em, text }),
      box,
    ),
    axisHeight: 1.4 * em,
  };
}

type Middle = (i: number) => number;

function painOf(data: LookBack, box: Box, left: number, column: number, middle: Middle) {
  const { em } = box;
  const y = (score: number) => em + (PAIN_HEIGHT * (WORST - score)) / WORST;
  const grid = GRID.map((score) => ({
    x: mirrored(left - 0.9 * em, box),
    y: y(score),
    text: String(score),
  }));
  const pairs = data.days.flatMap((day, i) => {
    const after = highestAfter(day);
    if (day.before === null && after === null) return [];
    return [
      {
        x: middle(i),
        before: day.before === null ? null : y(day.before),
        after: after === null ? null : y(after),
        score: after ?? day.before ?? 0,
      },
    ];
  });
  const r = Math.min(STONE.most, Math.max(STONE.least, column * STONE.share));
  // Numbers stand where there is room for two figures beside each other.
  const wide = column > box.widthOf("10") * AIR;
  const numbers = pairs.map(({ x, before, after, score }) => ({
    x,
    y: Math.min(before ?? Infinity, after ?? Infinity) - 0.65 * em,
    text: String(score),
  }));
  return { height: PAIN_HEIGHT + 2 * em, grid, pairs, numbers: wide ? numbers : [], left, r };
}

function minutesPart(data: LookBack, box: Box, column: number, middle: Middle) {
  const { em } = box;
  const all = data.days.map(({ seconds }) => minutesOf(seconds));
  const most = Math.max(1, ...all);
  const base = BARS_HEIGHT + 1.5 * em;
  const width = Math.min(WIDEST_BAR, column * 0.62);
  const bars = all.flatMap((minutes, i) => {
    if (minutes === 0) return [];
    const height = Math.max(3, (BARS_HEIGHT * minutes) / most);
    return [
      { x: middle(i) - width / 2, y: base - height, width, height, minutes, middle: middle(i) },
    ];
  });
  const wide = column > box.widthOf("30") * AIR;
  const labels = bars.map(({ middle: x, y, minutes }) => ({
    x,
    y: y - 0.4 * em,
    text: String(minutes),
  }));
  const highest = labels.filter((_, i) => bars[i]?.minutes === most).slice(-1);
  return { height: base + 2, base, bars, numbers: wide ? labels : highest };
}

/** As many words as fit beside each other, the newest first. */
function spread(labels: readonly (Label | null | "")[], { widthOf, em }: Box): Label[] {
  const kept: Label[] = [];
  for (const label of labels.toReversed()) {
    if (!label) continue;
    const near = kept.at(-1);
    const room = near ? Math.abs(near.x - label.x) : Infinity;
    const needed = near ? (widthOf(near.text) + widthOf(label.text)) / 2 + 0.4 * em : 0;
    if (room >= needed) kept.push(label);
  }
  return kept;
}

/** A word in the middle of its column, but whole. */
function inside(x: number, text: string, { width, widthOf }: Box): number {
  const half = widthOf(text) / 2;
  return Math.min(Math.max(x, half), width - half);
}

function mirrored(x: number, { width, rtl }: Box): number {
  return rtl ? width - x : x;
}
