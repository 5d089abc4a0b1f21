/** A walk as the server tells it, and as it is told to the server. */
import type { Light } from "../move/types";
import type { Bout } from "./bouts";
import type { Mark } from "./timer";
import type { Point, Track } from "./track";

export type Stopped = "" | "hurt" | "sign" | "wobble" | "dizzy" | "pain";
export type Purpose = "walk" | "test";

export interface WalkBody {
  started_at: string;
  ended_at: string;
  seconds: number;
  backward_seconds?: number;
  planned_minutes?: number | null;
  chosen_minutes?: number | null;
  purpose?: Purpose;
  source?: "timer" | "manual" | "reminder";
  stopped?: Stopped;
  distance_m?: number | null;
  steps?: number | null;
  track?: Point[] | null;
  checklist?: string[];
  note?: string;
}

export interface WalkScores {
  before: number | null;
  after: number | null;
  later: number | null;
  morning: number | null;
  day_after: number | null;
}

export interface Walk extends WalkBody {
  id: string;
  over_cap: boolean;
  light: Light;
  rise: number | null;
  scores: Partial<WalkScores>;
}

/** A score that is given for the walk: the entry that holds it. */
export interface GivenScore {
  id: string;
  score: number;
  at: string;
}

/** A walk that is being recorded, as this phone keeps it. */
export interface Recording {
  id: string;
  marks: Mark[];
  /** When this phone last had it before its eyes, in milliseconds. */
  seen: number;
  purpose: Purpose;
  /** What the plan says, and what the person set out for. Null on a test walk. */
  planned: number | null;
  chosen: number | null;
  bouts: Bout[];
  checklist: string[];
  stopped: Stopped;
  before: GivenScore | null;
  after: GivenScore | null;
  note: string;
  /** Corrected by the person. */
  minutes: number | null;
  /** The person lets the phone's location measure the distance. */
  located: boolean;
  track: Track;
  /** The track goes to the account too. */
  keepsTrack: boolean;
}
