/** What stands open on Today, with what waits on this phone laid over what the server said. Pure. */
import { withWrites } from "../diary/episode";
import type { Block } from "../check/types";
import type { LocalBlock } from "../check/local";
import { LOW, withPhone, type OnPhone } from "../evening/prompt";
import type { Episode, EveningPrompt } from "../evening/types";
import { openOf, standing as flaresOf } from "../flare/flares";
import type { Flare } from "../flare/types";
import type { MeasureKind, Today } from "./types";

/** Older ones are put away; the next comes anyway. */
const OPEN_FOR_MS = 48 * 3_600_000;
/** From here on, or when it rose by so much, the day is worth re-planning. */
const HIGH = 6;
const CLEAR_RISE = 2;
const FRESH_MS = 3 * 3_600_000;

/** This phone's own: what has not been sent, and what only it knows. */
export interface Phone extends OnPhone {
  block: LocalBlock | null;
  /** A check was given here, sent or not. */
  checked: boolean;
}

export const NOTHING: Phone = { entries: [], writes: [], block: null, checked: false };

export interface Standing {
  block: Block | null;
  prompt: EveningPrompt | null;
  episode: Episode | null;
  flare: Flare | null;
  /** Nobody's warning signs have ever been looked at. */
  unchecked: boolean;
}

export function standingOf(today: Today | undefined, phone: Phone, now: Date): Standing {
  const episode = episodeOf(today, phone);
  return {
    block: today?.block ?? asBlock(phone.block),
    prompt: episode ? promptOf(today, phone, now) : null,
    episode,
    flare: openOf(flaresOf(today?.flare ? [today.flare] : [], phone.writes)),
    unchecked: !today?.check && !phone.checked,
  };
}

function episodeOf(today: Today | undefined, { writes }: Phone): Episode | null {
  const [episode] = today?.episode ? withWrites([today.episode], writes) : [];
  return episode && !episode.closed_at ? episode : null;
}

function promptOf(today: Today | undefined, phone: Phone, now: Date): EveningPrompt | null {
  if (!today?.prompt) return null;
  const prompt = withPhone(today.prompt, phone);
  const old = now.getTime() - Date.parse(prompt.asked_at) > OPEN_FOR_MS;
  return prompt.wants === null || (old && prompt.wants !== "score") ? null : prompt;
}

/** One that the server has not made yet. */
function asBlock(local: LocalBlock | null): Block | null {
  if (!local) return null;
  return {
    ...{ id: "", began_at: local.at, check: local.check },
    ...{ lifted_at: null, lifted_as: "", clinician: "", seen_on: null },
  };
}

/** Which questionnaires are due. */
export function measuresOf(today: Today | undefined, { writes }: Phone): MeasureKind[] {
  const given = writes
    .filter(({ about, state }) => about === "measure" && state === "waiting")
    .map(({ body }) => (body as { kind?: unknown } | undefined)?.kind);
  return (today?.measures_due ?? []).filter((kind) => !given.includes(kind));
}

/** A score that has just been given, and what was known before it. */
export interface Given {
  score: number;
  before: Today | undefined;
}

/**
 * Pain, and no episode that it could belong to: it began, and when is not known yet. Where nothing
 * was known of episodes there may be an open one, and its beginning stays as it is.
 */
export function beginsSomething({ score, before }: Given): boolean {
  return score > LOW && before?.episode === null;
}

/** Hardly any pain, but the episode goes on until the person says that it is gone. */
export function mayBeGone({ score }: Given, { episode, prompt }: Standing): boolean {
  return score <= LOW && episode !== null && prompt?.wants !== "score";
}

/** Clearly worse than the last time, or bad enough by itself. */
function isHigh({ score, before }: Given): boolean {
  const { latest_entry: last, episode } = before ?? {};
  if (score >= HIGH) return true;
  return !!last && last.episode === episode?.id && score - last.score >= CLEAR_RISE;
}

/** Worth the offer of a flare: right after the score, and for as long as it is fresh. */
export function offersFlare(given: Given | null, today: Today | undefined, now: Date): boolean {
  if (given) return isHigh(given);
  const last = today?.latest_entry;
  const fresh = !!last && now.getTime() - Date.parse(last.at) < FRESH_MS;
  return fresh && last.score >= HIGH;
}

/** "Better", it was said in the evening; and this was the score that it asked for. */
export function endsIt({ score, before }: Given, phone: OnPhone): boolean {
  const prompt = before?.prompt && withPhone(before.prompt, phone);
  return score <= LOW && !!prompt && (prompt.wants === "score" || prompt.closed);
}
