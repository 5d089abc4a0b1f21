import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { OfflineError } from "../../api/errors";
import type { StoredEntry } from "./types";

/** A server that holds entries, newest first, two a page. */
let stored: StoredEntry[] = [];
let online = true;
const PAGE = 2;

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", async () => ({ ...(await import("../../api/errors")), api }));
vi.mock("../../frame/session.svelte", () => ({
  session: { person: { day_ends_at: 3 }, open: () => Promise.resolve() },
}));

let Diary: (typeof import("./diary.svelte"))["Diary"];
let outbox: typeof import("../../offline/outbox");

const at = (day: number) => new Date(2026, 10, day, 9).toISOString();
const entry = (day: number): StoredEntry => ({
  ...{ id: `day-${day}`, score: 4, at: at(day), began_on: null },
  ...{ places: ["calf_left"], worse: [], better: ["heat"], sleep: "good", note: "As ever." },
});

function answer(path: string) {
  const before = new URL(path, "http://server").searchParams.get("before");
  const older = stored.filter((one) => !before || one.at < before);
  const results = older.slice(0, PAGE);
  return { results, next_before: older.length > PAGE ? (results.at(-1)?.at ?? null) : null };
}

function network<T>(work: () => T): Promise<T> {
  return online ? Promise.resolve(work()) : Promise.reject(new OfflineError());
}

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  online = true;
  stored = [23, 22, 21, 20, 19].map(entry);
  api.get.mockImplementation((path: string) => network(() => answer(path)));
  api.put.mockImplementation((path: string, body: Omit<StoredEntry, "id">) =>
    network(() => {
      const id = path.split("/").at(-1) ?? "";
      stored = [...stored.filter((one) => one.id !== id), { id, ...body }];
      stored.sort((a, b) => b.at.localeCompare(a.at));
    }),
  );
  api.delete.mockImplementation((path: string) =>
    network(() => (stored = stored.filter(({ id }) => !path.endsWith(id)))),
  );
  ({ Diary } = await import("./diary.svelte"));
  outbox = await import("../../offline/outbox");
});

async function opened() {
  const diary = new Diary();
  await diary.load();
  return diary;
}

describe("an entry that is deleted", () => {
  it("comes back with everything that belonged to it", async () => {
    const diary = await opened();
    const gone = diary.find("day-22");
    if (!gone) throw new Error("It is on the first page.");
    await diary.remove(gone);
    await outbox.replay();
    expect(diary.find("day-22")).toBeUndefined();
    await diary.bringBack(gone);
    await outbox.replay();
    expect(stored.find(({ id }) => id === "day-22")).toEqual(entry(22));
  });
});

describe("an entry of a later page", () => {
  it("is found by its id, page after page", async () => {
    const diary = new Diary();
    expect((await diary.seek("day-19"))?.note).toBe("As ever.");
  });

  it("is not made up where there is none", async () => {
    expect(await new Diary().seek("nobody")).toBeUndefined();
  });

  it("shows what was changed once that is on the server, and stays in the list", async () => {
    const diary = new Diary();
    const stop = diary.watch();
    await diary.seek("day-20");
    await outbox.saveEntry({ ...entry(20), note: "Corrected." });
    await vi.waitFor(() => expect(diary.find("day-20")?.kept).toBe("phone"));
    await outbox.replay();
    await vi.waitFor(() => expect(diary.find("day-20")?.kept).toBe("server"));
    expect(diary.find("day-20")?.note).toBe("Corrected.");
    stop();
  });

  it("is gone once its deletion is on the server", async () => {
    const diary = new Diary();
    const stop = diary.watch();
    const gone = await diary.seek("day-20");
    if (gone) await diary.remove(gone);
    await outbox.replay();
    await vi.waitFor(async () => expect(await outbox.pendingDeletions()).toEqual([]));
    await vi.waitFor(() => expect(diary.find("day-20")).toBeUndefined());
    stop();
  });
});

describe("without a network", () => {
  it("an entry that only waits on the phone is found", async () => {
    online = false;
    await outbox.saveEntry({ ...entry(23), id: "new", note: "Here only." });
    expect((await new Diary().seek("new"))?.note).toBe("Here only.");
  });

  it("the list that this phone remembers is shown, with what was changed since", async () => {
    await opened();
    online = false;
    await outbox.saveEntry({ ...entry(23), score: 1 });
    const diary = await opened();
    expect(diary.first.phase).toBe("offline");
    expect(diary.entries.map(({ id, score }) => [id, score])).toEqual([
      ["day-23", 1],
      ["day-22", 4],
    ]);
  });
});
