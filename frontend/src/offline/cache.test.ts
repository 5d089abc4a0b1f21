import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";

let cache: typeof import("./cache");

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", new IDBFactory());
  cache = await import("./cache");
});

test("the last answer is remembered until everything is forgotten", async () => {
  await cache.remember("today", { date: "2026-11-22" });
  await cache.remember("today", { date: "2026-11-23" });
  expect(await cache.recall("today")).toEqual({ date: "2026-11-23" });
  await cache.forgetAll();
  expect(await cache.recall("today")).toBeUndefined();
});

test("what cannot be kept does not turn a good answer into an error", async () => {
  await expect(cache.remember("today", () => "not data")).resolves.toBeUndefined();
  expect(await cache.recall("today")).toBeUndefined();
});
