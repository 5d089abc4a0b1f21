import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it, vi } from "vitest";
import type { Today } from "./types";

let Beginning: typeof import("./beginning.svelte").Beginning;

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  ({ Beginning } = await import("./beginning.svelte"));
});

const none = { episode: null } as Today;
const open = { episode: { id: "e" } } as Today;
const first = { id: "a", score: 4 };
const second = { id: "b", score: 5 };

it("asks after the first score of an episode, and not while one is open", async () => {
  const beginning = new Beginning();
  await beginning.follow(first, false, none);
  expect(beginning.asking).toBe(true);
  const other = new Beginning();
  await other.follow(first, false, open);
  expect(other.asking).toBe(false);
});

it("goes on asking while the same score is being saved with its answer", async () => {
  const beginning = new Beginning();
  await beginning.follow(first, false, none);
  await beginning.answered();
  await beginning.follow({ ...first }, false, none);
  expect(beginning.asking).toBe(true);
});

it("does not ask twice while nobody knows yet that the episode is open", async () => {
  const beginning = new Beginning();
  await beginning.follow(first, false, none);
  await beginning.skip();
  await beginning.follow(second, false, none);
  expect(beginning.asking).toBe(false);
  const later = new Beginning();
  await later.follow(second, false, none);
  expect(later.asking).toBe(false);
});

it("asks about the next episode", async () => {
  const beginning = new Beginning();
  await beginning.follow(first, false, none);
  await beginning.skip();
  await beginning.opened();
  const next = new Beginning();
  await next.follow(second, false, none);
  expect(next.asking).toBe(true);
});

it("follows a correction: down to 1 nothing has begun, and what was skipped stays so", async () => {
  const beginning = new Beginning();
  await beginning.follow(first, false, none);
  await beginning.follow(second, true, none);
  expect(beginning.asking).toBe(true);
  await beginning.follow({ id: "c", score: 1 }, true, none);
  expect(beginning.asking).toBe(false);
  const skipped = new Beginning();
  await skipped.follow(first, false, none);
  await skipped.skip();
  await skipped.follow(second, true, none);
  expect(skipped.asking).toBe(false);
});

it("asks after a correction from no pain to pain", async () => {
  const beginning = new Beginning();
  await beginning.follow({ id: "a", score: 0 }, false, none);
  expect(beginning.asking).toBe(false);
  await beginning.follow(second, true, none);
  expect(beginning.asking).toBe(true);
});

it("taken back, it was never asked", async () => {
  const beginning = new Beginning();
  await beginning.follow(first, false, none);
  await beginning.answered();
  await beginning.follow(null, false, none);
  expect(beginning.asking).toBe(false);
  await beginning.follow(second, false, none);
  expect(beginning.asking).toBe(true);
});
