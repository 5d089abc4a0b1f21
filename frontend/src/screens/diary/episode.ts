/** Episodes as they stand with what was said on this phone and is still on its way. */
import { daysAway } from "../../frame/format";
import type { PendingWrite, Write } from "../../offline/outbox";
import { fromIso } from "./days";
import type { Episode } from "./types";

export const ROOT = "/pain/episodes";

type Said = Pick<PendingWrite, "path" | "method" | "body" | "state">;

/** What waits wins, in the order it was said; what the server refused does not count. */
export function withWrites(episodes: readonly Episode[], writes: readonly Said[]): Episode[] {
  const said = writes.filter(({ state }) => state === "waiting");
  return episodes.map((episode) => said.reduce(withWrite, episode));
}

function withWrite(episode: Episode, { path, method, body }: Said): Episode {
  if (path === `${ROOT}/current/close`) return closed(episode, body as Closing);
  if (path === `${ROOT}/${episode.id}/reopen`) {
    return { ...episode, closed_at: null, closed_as: "" };
  }
  const about = method === "PATCH" && path === `${ROOT}/${episode.id}`;
  return about ? changed(episode, body as Change) : episode;
}

type Change = Partial<Pick<Episode, "began_on" | "clinician" | "seen_on">>;

/** Somebody was seen: no more questions on set days. Another first day: the server plans anew. */
function changed(episode: Episode, change: Change): Episode {
  return { ...episode, ...change, next_prompt_at: null };
}

interface Closing {
  episode: string;
  at: string;
}

function closed(episode: Episode, { episode: id, at }: Closing): Episode {
  if (episode.id !== id || episode.closed_at) return episode;
  return { ...episode, closed_at: at, closed_as: "gone", day: null, next_prompt_at: null };
}

/** Counted here: a number that was kept yesterday is wrong today. */
export function dayOf({ began_on }: Episode, now: Date): number {
  return 1 - daysAway(fromIso(began_on), now);
}

/** How many days it lasted, the first and the last counted. */
export function lengthOf({ began_on, closed_at }: Episode): number {
  return closed_at ? 1 - daysAway(fromIso(began_on), new Date(closed_at)) : 0;
}

export const writes = {
  close: ({ id }: Episode, at: Date): Write => ({
    ...{ key: `episode:${id}:close`, method: "POST", path: `${ROOT}/current/close` },
    ...{ body: { episode: id, at: at.toISOString() }, about: "episode" },
  }),
  reopen: ({ id }: Episode): Write => ({
    ...{ key: `episode:${id}:reopen`, method: "POST", path: `${ROOT}/${id}/reopen` },
    ...{ body: {}, about: "episode" },
  }),
  began: ({ id }: Episode, began_on: string): Write => ({
    ...{ key: `episode:${id}:began`, method: "PATCH", path: `${ROOT}/${id}` },
    ...{ body: { began_on }, about: "episode" },
  }),
  seen: ({ id }: Episode, clinician: string, seen_on: string | null): Write => ({
    ...{ key: `episode:${id}:seen`, method: "PATCH", path: `${ROOT}/${id}` },
    ...{ body: { clinician, seen_on }, about: "episode" },
  }),
};
