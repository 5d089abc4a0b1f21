/** A pain chart as shapes and placed words: everything that is decided before it is drawn. */
import {
  columnsOf,
  dayNumber,
  lengthOf,
  runsOf,
  type ChartData,
  type Column,
  type Stretch,
} from "./data";
import { placeLabels, type Wish } from "./labels";
import { softLine, type Point } from "./line";
import { RING, ROW, Scale, type Box, type Extent } from "./scale";

/** Words for what the picture shows. Where there are several, the fullest comes first. */
export interface PlotWords {
  score: (value: number) => string;
  episode: (stretch: Stretch) => string[];
  flare: (stretch: Stretch) => string[];
  gap: string[];
  walks: (days: number) => string[];
  /** What stands below the chart, by day; what matters most comes first. */
  axis: { day: number; texts: string[] }[];
}

export interface Label extends Point {
  text: string;
}
export interface Disc extends Label {
  r: number;
}

export interface Plot {
  scores: { y: number; text: Label; line: Extent }[];
  episodes: Extent[];
  flares: Extent[];
  /** From the lowest to the highest of a column, where they differ. */
  ranges: Extent[];
  lines: string[];
  dots: Point[];
  /** Typical scores with their numbers, where there is room for them. */
  stones: Disc[];
  latest: Disc | null;
  walks: Extent[];
  /** Words about the data, and the quieter ones around it. */
  names: Label[];
  asides: Label[];
}

const GRID = [10, 5, 0];
const STONE = 0.9;
const THINNEST = 3;
const WIDEST = 10;
const SHORTEST_BAND = 6;
const ABOVE = 0.45;
const LOW = 2.5;

export function plotOf(data: ChartData, box: Box, words: PlotWords): Plot {
  const scale = new Scale(data, box, bandRows(data));
  const columns = columnsOf(data);
  const stones = stonesOf(columns, scale, words);
  const latest = latestOf(columns, scale, words);
  const half = stones.length > 0 ? STONE * box.em : thin(columns, scale) / 2;
  return {
    scores: GRID.map((score) => gridLine(score, scale, words)),
    ...bandsOf(data, scale),
    ranges: columns.flatMap((column) => rangeOf(column, scale, half)),
    lines: linesOf(columns, scale),
    dots: dotsOf(columns, scale),
    stones,
    latest,
    walks: columns.flatMap((column) => walksOf(column, scale)),
    names: [
      ...bandNames(data, scale, words),
      ...(stones.length > 0 ? [] : peakOf(columns, scale, words)),
      ...walkName(columns, scale, words),
    ],
    asides: [...gapsOf(columns, scale, words), ...axisOf(scale, words)],
  };
}

/** Rows of words above the chart: one for episodes, one for flares. */
export function bandRows({ episodes, flares }: ChartData): number {
  return Number(episodes.length > 0) + Number(flares.length > 0);
}

function gridLine(score: number, scale: Scale, words: PlotWords): Plot["scores"][number] {
  const y = scale.y(score);
  const at = scale.point(scale.left / 2 - 2, y + 0.35 * scale.box.em);
  const line = scale.extent(scale.left, scale.right, y, y);
  return { y, text: { ...at, text: words.score(score) }, line };
}

/* --- scores ------------------------------------------------------------------------------------ */

function pointOf(column: Column, scale: Scale): Point {
  return scale.point(scale.middle(column), scale.y(column.reading?.typical ?? 0));
}

function linesOf(columns: Column[], scale: Scale): string[] {
  return runsOf(columns, true)
    .filter((run) => run.length > 1)
    .map((run) => softLine(run.map((column) => pointOf(column, scale))));
}

/** A day between days without entries has no line through it. */
function dotsOf(columns: Column[], scale: Scale): Point[] {
  return runsOf(columns, true)
    .filter((run) => run.length === 1)
    .flatMap((run) => run.map((column) => pointOf(column, scale)));
}

function thin(columns: Column[], scale: Scale): number {
  const longest = Math.max(...columns.map(lengthOf));
  return Math.min(Math.max(longest * scale.day * 0.55, THINNEST), WIDEST);
}

/** As wide as what moves in it: its round ends lie around the lowest and the highest score. */
function rangeOf(column: Column, scale: Scale, half: number): Extent[] {
  const { reading } = column;
  if (!reading || reading.low === reading.high) return [];
  const x = scale.middle(column);
  return [
    scale.extent(x - half, x + half, scale.y(reading.high) - half, scale.y(reading.low) + half),
  ];
}

function stonesOf(columns: Column[], scale: Scale, words: PlotWords): Disc[] {
  const r = STONE * scale.box.em;
  const narrowest = Math.min(...columns.map(lengthOf)) * scale.day;
  if (narrowest < 2 * r + 2) return [];
  const entered = columns.filter(({ reading }) => reading);
  return entered.slice(0, -1).map((column) => disc(column, scale, words, r));
}

function latestOf(columns: Column[], scale: Scale, words: PlotWords): Disc | null {
  const latest = columns.findLast(({ reading }) => reading);
  return latest ? disc(latest, scale, words, RING * scale.box.em) : null;
}

function disc(column: Column, scale: Scale, words: PlotWords, r: number): Disc {
  const text = words.score(column.reading?.typical ?? 0);
  return { ...pointOf(column, scale), r, text };
}

/** The highest score, where it is not said already by the latest one beside it. */
function peakOf(columns: Column[], scale: Scale, words: PlotWords): Label[] {
  const high = Math.max(...columns.map(({ reading }) => reading?.high ?? -1));
  const peaks = columns.filter(({ reading }) => reading?.high === high);
  const peak = peaks.reduce<Column | undefined>(worse, undefined);
  const latest = columns.findLast(({ reading }) => reading);
  if (!peak || !latest) return [];
  const { em } = scale.box;
  const [x, end] = [scale.middle(peak), scale.middle(latest)];
  if (Math.abs(end - x) < (RING + 1) * em) return [];
  const text = words.score(high);
  const [label] = placeLabels([{ texts: [text], at: x }], scale.room);
  const y = scale.y(high) - ABOVE * em;
  return label ? [{ ...scale.point(label.x, y), text }] : [];
}

/** Of days that reached the same score, the one that was worse altogether; else the later. */
function worse(a: Column | undefined, b: Column): Column {
  return a && (a.reading?.typical ?? 0) > (b.reading?.typical ?? 0) ? a : b;
}

/** Where nothing was entered for long enough to say so. */
function gapsOf(columns: Column[], scale: Scale, { gap }: PlotWords): Label[] {
  const { em, widthOf } = scale.box;
  return runsOf(columns, false).flatMap((run) => {
    const [first, last] = [run[0]?.first ?? 0, run.at(-1)?.last ?? 0];
    const room = (last - first + 1) * scale.day - em;
    const text = gap.find((one) => widthOf(one) <= room);
    return text ? [{ ...scale.point(scale.middle({ first, last }), scale.y(LOW)), text }] : [];
  });
}

/* --- what else there was -------------------------------------------------------------------------- */

function bandsOf(data: ChartData, scale: Scale): Pick<Plot, "episodes" | "flares"> {
  const below = bandRows(data) * ROW * scale.box.em;
  const bottom = scale.marks.bottom + 2;
  return {
    episodes: data.episodes.flatMap((one) => band(one, data, scale, 0, bottom)),
    flares: data.flares.flatMap((one) => band(one, data, scale, below, scale.zero)),
  };
}

function band(
  stretch: Stretch,
  data: ChartData,
  scale: Scale,
  top: number,
  bottom: number,
): Extent[] {
  const shown = shownOf(stretch, data);
  if (!shown) return [];
  const from = scale.start(shown.first);
  // What goes on has no end in the picture.
  const end = stretch.to === null ? scale.right : scale.start(shown.last + 1);
  return [scale.extent(from, Math.max(end, from + SHORTEST_BAND), top, bottom)];
}

/** As much of it as lies within the chart. */
function shownOf({ from, to }: Stretch, data: ChartData): { first: number; last: number } | null {
  const first = Math.max(dayNumber(from), dayNumber(data.from));
  const last = Math.min(dayNumber(to ?? data.to), dayNumber(data.to));
  return first <= last ? { first, last } : null;
}

function bandNames(data: ChartData, scale: Scale, words: PlotWords): Label[] {
  const rows = [
    { stretches: data.episodes, name: words.episode },
    { stretches: data.flares, name: words.flare },
  ].filter(({ stretches }) => stretches.length > 0);
  return rows.flatMap(({ stretches, name }, row) => {
    const wishes = newestFirst(stretches).flatMap((stretch): Wish[] => {
      const shown = shownOf(stretch, data);
      return shown ? [{ texts: name(stretch), at: scale.middle(shown) }] : [];
    });
    return labelled(wishes, (row + 0.75) * ROW * scale.box.em, scale);
  });
}

function newestFirst<T extends Stretch>(stretches: readonly T[]): T[] {
  return [...stretches].sort((a, b) => dayNumber(b.from) - dayNumber(a.from));
}

function labelled(wishes: Wish[], y: number, scale: Scale): Label[] {
  return placeLabels(wishes, scale.room).map(({ text, x }) => ({ ...scale.point(x, y), text }));
}

/** As high as the share of its days with a walk. */
function walksOf(column: Column, scale: Scale): Extent[] {
  if (column.walked === 0) return [];
  const { top, bottom } = scale.marks;
  const x = scale.middle(column);
  const half = Math.min(Math.max(lengthOf(column) * scale.day * 0.3, 2), 4);
  const height = Math.max(((bottom - top) * column.walked) / lengthOf(column), 2 * half);
  return [scale.extent(x - half, x + half, bottom - height, bottom)];
}

function walkName(columns: Column[], scale: Scale, words: PlotWords): Label[] {
  const days = columns.reduce((sum, { walked }) => sum + walked, 0);
  if (days === 0) return [];
  const { em, widthOf } = scale.box;
  // Beside the disc, which reaches below the line when the latest score is 0.
  const room = scale.right - scale.left - 2 * RING * em;
  const text = words.walks(days).find((one) => widthOf(one) <= room);
  if (!text) return [];
  const x = scale.left + widthOf(text) / 2;
  return [{ ...scale.point(x, scale.marks.top - 0.5 * em), text }];
}

function axisOf(scale: Scale, { axis }: PlotWords): Label[] {
  const wishes = axis.map(({ day, texts }) => ({
    texts,
    at: scale.middle({ first: day, last: day }),
  }));
  return labelled(wishes, scale.axis, scale);
}
