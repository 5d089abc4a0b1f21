/** Measures as they stand with what was filled in or deleted on this phone and is on its way. */
import type { Measure, Measures } from "../../api/types";
import type { PendingWrite, Write } from "../../offline/outbox";
import { isPsfs, meanOf, type Answers, type Kind } from "./scales";

export const ROOT = "/pain/measures";

export interface Sent {
  kind: Kind;
  at: string;
  answers: Answers;
}

export type Known = Measure & { kept: "server" | "phone" | "refused" };
export interface Series {
  due: boolean;
  results: Known[];
}
export type Standing = Record<Kind, Series> & { activities: string[] };

type Said = Pick<PendingWrite, "path" | "method" | "body" | "state">;

export function standing(server: Measures | undefined, writes: readonly Said[]): Standing {
  const peg = series(server?.peg, "peg", writes);
  const psfs = series(server?.psfs, "psfs", writes);
  return { peg, psfs, activities: activitiesOf(psfs, server?.psfs.activities ?? []) };
}

function series(
  server: { due: boolean; results: Measure[] } | undefined,
  kind: Kind,
  writes: readonly Said[],
): Series {
  const said = new Map(writes.map((write) => [idOf(write), write]));
  const kept = (server?.results ?? []).filter(({ id }) => !said.has(id));
  const here = [...said.values()].flatMap((write) => fromPhone(write, kind));
  const results = [...here, ...kept.map((one) => ({ ...one, kept: "server" as const }))];
  results.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const answered = here.some((one) => one.kept === "phone");
  return { due: (server?.due ?? false) && !answered, results };
}

/** What it means beside the others is the server's to say. */
function fromPhone({ path, method, body, state }: Said, kind: Kind): Known[] {
  if (method !== "PUT" || (body as Sent).kind !== kind) return [];
  const { at, answers } = body as Sent;
  const kept = state === "refused" ? "refused" : "phone";
  const compared = { mean: meanOf(answers), change: null, matters: "" } as const;
  return [{ id: idOf({ path }), kind, at, answers, ...compared, kept }];
}

function activitiesOf({ results }: Series, server: string[]): string[] {
  const [latest] = results;
  if (latest?.kept !== "phone" || !isPsfs(latest.answers)) return server;
  return latest.answers.activities.map(({ name }) => name);
}

function idOf({ path }: Pick<Said, "path">): string {
  return path.slice(ROOT.length + 1);
}

export function put(id: string, body: Sent): Write {
  return { key: keyOf(id), method: "PUT", path: `${ROOT}/${id}`, body, about: "measure" };
}

export function deletion(id: string): Write {
  return { key: keyOf(id), method: "DELETE", path: `${ROOT}/${id}`, about: "measure" };
}

export function keyOf(id: string): string {
  return `measure:${id}`;
}
