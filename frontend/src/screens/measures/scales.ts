/** What the two questionnaires ask, and what their numbers say. The server decides what matters. */
import type { Measure } from "../../api/types";
import { decimal } from "../../frame/format";
import { m } from "../../paraglide/messages.js";

export type Kind = "peg" | "psfs";

export const PEG_ITEMS = ["pain", "enjoyment", "activity"] as const;
export type PegItem = (typeof PEG_ITEMS)[number];
export type PegAnswers = Record<PegItem, number>;

export const FEWEST_ACTIVITIES = 3;
export const MOST_ACTIVITIES = 5;
export const LONGEST_NAME = 80;

export interface Activity {
  name: string;
  score: number;
}
export interface PsfsAnswers {
  activities: Activity[];
}
export type Answers = PegAnswers | PsfsAnswers;

/** A change of the PEG that hardly anybody overlooks; from 1 on people begin to notice. */
const PEG_SURELY = 1.75;

export function isPsfs(answers: Answers): answers is PsfsAnswers {
  return "activities" in answers;
}

export function scoresOf(answers: Answers): number[] {
  if (isPsfs(answers)) return answers.activities.map(({ score }) => score);
  return PEG_ITEMS.map((item) => answers[item]);
}

/** With one decimal, as the server rounds: 4.25 is 4.3. */
export function meanOf(answers: Answers): number {
  const scores = scoresOf(answers);
  const sum = scores.reduce((total, score) => total + score, 0);
  return Math.round((sum * 10) / scores.length) / 10;
}

/** The first one that a measure is compared with: PSFS only where its activities are the same. */
export function baselineOf(measure: Measure, newestFirst: readonly Measure[]): Measure | null {
  const asked = askedIn(measure);
  return newestFirst.findLast((one) => askedIn(one) === asked) ?? null;
}

function askedIn({ answers }: Measure): string {
  if (!isPsfs(answers)) return "";
  const names = answers.activities.map(({ name }) => name.toLocaleLowerCase());
  return names.sort().join("\n");
}

type Sentence = (inputs: { points: string; date: string }) => string;
const CHANGES: Record<"better" | "worse", Record<"little" | "noticed" | "surely", Sentence>> = {
  better: {
    little: m.measure_better_little,
    noticed: m.measure_better_noticed,
    surely: m.measure_better_surely,
  },
  worse: {
    little: m.measure_worse_little,
    noticed: m.measure_worse_noticed,
    surely: m.measure_worse_surely,
  },
};

/** What has changed since `date`, and whether that is enough to mean something. */
export function changeInWords(measure: Measure, date: string): string {
  const { kind, change, matters } = measure;
  if (change === null) return "";
  if (change === 0) return m.measure_same({ date });
  const lower = change < 0;
  const direction = lower === (kind === "peg") ? "better" : "worse";
  const weight = matters === "" ? "little" : noticed(measure);
  return CHANGES[direction][weight]({ points: decimal(Math.abs(change)), date });
}

function noticed({ kind, change }: Measure): "noticed" | "surely" {
  return kind === "peg" && Math.abs(change ?? 0) >= PEG_SURELY ? "surely" : "noticed";
}
