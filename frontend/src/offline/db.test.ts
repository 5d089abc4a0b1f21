import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());

async function opened(indexedDB: unknown) {
  vi.stubGlobal("indexedDB", indexedDB);
  const db = await import("./db");
  return { store: await db.open(), db };
}

/** What a locked-down browser does: the name is there, using it is forbidden. */
const blocked = {
  open() {
    throw new DOMException("The operation is insecure.", "SecurityError");
  },
};

/** Firefox's older private windows: the request itself fails. */
const failing = {
  open() {
    const request = new EventTarget() as EventTarget & { error: DOMException };
    request.error = new DOMException("No storage here.", "InvalidStateError");
    queueMicrotask(() => request.dispatchEvent(new Event("error")));
    return request;
  },
};

describe.each([
  ["with a database", () => new IDBFactory(), true],
  ["without one", () => undefined, false],
  ["where it is blocked", () => blocked, false],
])("%s", (_name, factory, kept) => {
  test("what is written is read again, until it is removed", async () => {
    const { store } = await opened(factory());
    await store.change("cache", "today", () => ({ date: "2026-11-23" }));
    expect(await store.get("cache", "today")).toEqual({ date: "2026-11-23" });
    await store.change("cache", "today", () => undefined);
    expect(await store.get("cache", "today")).toBeUndefined();
  });

  test("a change sees what is there and the tables stay apart", async () => {
    const { store } = await opened(factory());
    for (let i = 0; i < 3; i++) {
      await store.change<number>("device", "count", (old) => (old ?? 0) + 1);
    }
    await store.change("cache", "count", () => "other");
    expect(await store.all("device")).toEqual([3]);
    await store.clear("cache");
    expect(await store.all("cache")).toEqual([]);
    expect(await store.get("device", "count")).toBe(3);
  });

  test(`it says whether it is kept: ${kept}`, async () => {
    const { db } = await opened(factory());
    expect(await db.isKept()).toBe(kept);
  });
});

test("a database that will not open is replaced by memory", async () => {
  const { store } = await opened(failing);
  expect(store.kept).toBe(false);
});

test("changes at the same moment do not overwrite each other", async () => {
  const { store } = await opened(new IDBFactory());
  const add = () => store.change<number>("device", "count", (old) => (old ?? 0) + 1);
  await Promise.all(Array.from({ length: 20 }, add));
  expect(await store.get("device", "count")).toBe(20);
});

test("a connection that the system took away is opened again", async () => {
  const { store } = await opened(new IDBFactory());
  await store.change("cache", "today", () => 1);
  const connection = await (store as unknown as { connect(): Promise<IDBDatabase> }).connect();
  connection.close();
  expect(await store.get("cache", "today")).toBe(1);
});
