/** What a new check begins with: nothing about signs, only what hardly changes or is known. */
import { recall } from "../../offline/cache";
import { keptChecks } from "./kept";
import { NOTHING, type Ticks } from "./ticks";
import type { Check, Symptoms } from "./types";

export const ABOUT = "about";
const THREE_DAYS = "three_days";
const THREE_DAYS_MS = 72 * 3_600_000;
const FOURTH_DAY = 4;

export interface OpenEpisode {
  onset_at: string;
  day: number | null;
}

/** Filled in by the app: the person sees each tick and may change it. */
export async function startingTicks(symptoms: Symptoms, now: Date): Promise<Ticks> {
  const [about, episode] = await Promise.all([latestAbout(symptoms), openEpisode()]);
  const known = symptoms.facts.map(({ id }) => id);
  const facts = [...about, ...(pastThreeDays(episode, now) ? [THREE_DAYS] : [])];
  return { ...NOTHING, facts: facts.filter((id) => known.includes(id)) };
}

export function aboutAmong({ facts }: Symptoms, ticked: readonly string[]): string[] {
  const about = facts.filter(({ group }) => group === ABOUT).map(({ id }) => id);
  return ticked.filter((id) => about.includes(id));
}

export function pastThreeDays(episode: OpenEpisode | null, now: Date): boolean {
  if (!episode) return false;
  const lasted = now.getTime() - new Date(episode.onset_at).getTime();
  return lasted >= THREE_DAYS_MS || (episode.day ?? 0) >= FOURTH_DAY;
}

/**
 * Another phone of this person may have asked last: its checks are in the list from the server.
 * An emergency may have ended its check before anything else was asked.
 */
async function latestAbout(symptoms: Symptoms): Promise<string[]> {
  const list = await recall<{ value: { results: Check[] } }>("checks");
  const [latest] = [...(await keptChecks()), ...(list?.value.results ?? [])]
    .filter(({ level }) => level !== "emergency")
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return aboutAmong(symptoms, latest?.symptoms ?? []);
}

/** As Today last heard it. */
async function openEpisode(): Promise<OpenEpisode | null> {
  const today = await recall<{ value: { episode?: OpenEpisode | null } }>("today");
  return today?.value.episode ?? null;
}
