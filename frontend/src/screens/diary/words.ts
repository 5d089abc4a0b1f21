/** What was added to a score, in words. Catalogues hold the names as they stand in a sentence. */
import { capitalised, longDate } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import type { Better, Clinician, Details, Place, Sleep, Worse } from "./types";

const places: Record<Place, () => string> = {
  upper_back: m.place_upper_back,
  middle_back: m.place_middle_back,
  low_back_left: m.place_low_back_left,
  low_back_centre: m.place_low_back_centre,
  low_back_right: m.place_low_back_right,
  buttock_left: m.place_buttock_left,
  buttock_right: m.place_buttock_right,
  thigh_left: m.place_thigh_left,
  thigh_right: m.place_thigh_right,
  knee_left: m.place_knee_left,
  knee_right: m.place_knee_right,
  calf_left: m.place_calf_left,
  calf_right: m.place_calf_right,
  foot_left: m.place_foot_left,
  foot_right: m.place_foot_right,
};

const worse: Record<Worse, () => string> = {
  sitting: m.worse_sitting,
  standing: m.worse_standing,
  walking: m.worse_walking,
  bending: m.worse_bending,
  lifting: m.worse_lifting,
  lying: m.worse_lying,
  turning_in_bed: m.worse_turning_in_bed,
  driving: m.worse_driving,
  coughing: m.worse_coughing,
  exercise: m.worse_exercise,
  stress: m.worse_stress,
  cold: m.worse_cold,
};

const better: Record<Better, () => string> = {
  moving: m.better_moving,
  walking: m.better_walking,
  stretching: m.better_stretching,
  sitting: m.better_sitting,
  standing: m.better_standing,
  lying: m.better_lying,
  heat: m.better_heat,
  cold: m.better_cold,
  massage: m.better_massage,
  medicine: m.better_medicine,
  sleep: m.better_sleep,
  distraction: m.better_distraction,
};

const sleeps: Record<Exclude<Sleep, "">, { name: () => string; slept: () => string }> = {
  good: { name: m.sleep_good, slept: m.slept_good },
  broken: { name: m.sleep_broken, slept: m.slept_broken },
  bad: { name: m.sleep_bad, slept: m.slept_bad },
};

const clinicians: Record<Clinician, () => string> = {
  doctor: m.seen_doctor,
  physiotherapist: m.seen_physiotherapist,
  emergency: m.seen_emergency,
  pharmacist: m.seen_pharmacist,
  other: m.seen_other,
};

/** An older app meets a newer server's words, and leaves out what it does not know. */
function named(ids: readonly string[], names: Record<string, () => string>): string {
  return ids.flatMap((id) => names[id]?.() ?? []).join(", ");
}

export function placeName(place: Place): string {
  return places[place]();
}

export function placesInWords(ids: readonly string[]): string {
  return named(ids, places);
}

export function worseName(id: Worse): string {
  return worse[id]();
}

export function betterName(id: string): string {
  return named([id], better);
}

export function sleepName(id: Exclude<Sleep, "">): string {
  return sleeps[id].name();
}

export function clinicianName(id: string): string {
  return named([id], clinicians);
}

/** "Low back left, left buttock. Worse: sitting. Slept badly."; nothing where nothing was added. */
export function detailsInWords(entry: Omit<Details, "note">): string {
  const slept = sleeps[entry.sleep as keyof typeof sleeps]?.slept() ?? "";
  return [
    placesInWords(entry.places),
    said(named(entry.worse, worse), m.entry_worse),
    said(named(entry.better, better), m.entry_better),
    slept,
  ]
    .filter(Boolean)
    .map((part) => `${capitalised(part)}.`)
    .join(" ");
}

function said(what: string, sentence: (inputs: { what: string }) => string): string {
  return what && sentence({ what });
}

/** "Monday 16 November", with its year where that is another one. */
export function fullDate(at: Date, now: Date): string {
  const year = at.getFullYear();
  return year === now.getFullYear() ? longDate(at) : `${longDate(at)} ${year}`;
}
