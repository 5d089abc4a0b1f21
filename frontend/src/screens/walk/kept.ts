/** The walk that is being recorded, in this phone's database: one at a time, for all windows. */
import { open } from "../../offline/db";
import type { Point } from "./track";
import type { Recording } from "./types";

const ROW = "walk";
const CHANNEL = "backstep.walk";

const others = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null;

export async function recorded(): Promise<Recording | null> {
  return (await (await open()).get<Recording>("device", ROW)) ?? null;
}

/** Answers what is kept afterwards; `decide` gets what is kept, which another window may have put. */
export async function record(
  decide: (old: Recording | undefined) => Recording | undefined,
): Promise<Recording | null> {
  let kept: Recording | undefined;
  await (
    await open()
  ).change<Recording>("device", ROW, (old) => {
    const next = decide(old);
    kept = next && (JSON.parse(JSON.stringify(next)) as Recording);
    return kept;
  });
  others?.postMessage(null);
  return kept ?? null;
}

/** It is over and saved: what is changed now is changed elsewhere. */
export async function forget(walk: string): Promise<void> {
  await record((old) => (old?.id === walk ? undefined : old));
}

/** Another window has changed it. Answers the way to stop. */
export function onRecorded(listener: () => void): () => void {
  others?.addEventListener("message", listener);
  return () => others?.removeEventListener("message", listener);
}

/** The tracks of earlier walks, which stay on this phone. */
export async function keepTrack(walk: string, points: readonly Point[]): Promise<void> {
  const store = await open();
  await store.change("device", `track:${walk}`, () => (points.length > 1 ? points : undefined));
}

export async function trackOf(walk: string): Promise<Point[] | null> {
  return (await (await open()).get<Point[]>("device", `track:${walk}`)) ?? null;
}
