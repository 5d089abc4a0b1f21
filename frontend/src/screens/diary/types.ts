/** The diary's shapes. Rows that this phone kept from an earlier version may lack the details. */
import type { Entry } from "../../api/types";
import type { WalkMoment } from "../../offline/outbox";

export type { Episode } from "../../api/types";

export const PLACES = [
  "upper_back",
  "middle_back",
  "low_back_left",
  "low_back_centre",
  "low_back_right",
  "buttock_left",
  "buttock_right",
  "thigh_left",
  "thigh_right",
  "knee_left",
  "knee_right",
  "calf_left",
  "calf_right",
  "foot_left",
  "foot_right",
] as const;
export type Place = (typeof PLACES)[number];

export const WORSE = [
  "sitting",
  "standing",
  "walking",
  "bending",
  "lifting",
  "lying",
  "turning_in_bed",
  "driving",
  "coughing",
  "exercise",
  "stress",
  "cold",
] as const;
export type Worse = (typeof WORSE)[number];

export const BETTER = [
  "moving",
  "walking",
  "stretching",
  "sitting",
  "standing",
  "lying",
  "heat",
  "cold",
  "massage",
  "medicine",
  "sleep",
  "distraction",
] as const;
export type Better = (typeof BETTER)[number];

export const SLEEP = ["good", "broken", "bad"] as const;
export type Sleep = (typeof SLEEP)[number] | "";

export const LONGEST_NOTE = 2000;

/** What can be added to a score. */
export interface Details {
  places: string[];
  worse: string[];
  better: string[];
  sleep: string;
  note: string;
}

export interface StoredEntry extends Pick<Entry, "id" | "score" | "at"> {
  began_on?: string | null;
  places?: readonly string[];
  worse?: readonly string[];
  better?: readonly string[];
  sleep?: string;
  note?: string;
  walk?: string | null;
  walk_moment?: WalkMoment | "";
}

export const CLINICIANS = [
  "doctor",
  "physiotherapist",
  "emergency",
  "pharmacist",
  "other",
] as const;
export type Clinician = (typeof CLINICIANS)[number];
