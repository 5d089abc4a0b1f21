import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, OfflineError } from "../api/errors";

const api = vi.hoisted(() => ({ put: vi.fn(), post: vi.fn(), patch: vi.fn(), delete: vi.fn() }));
vi.mock("../api/client", () => ({ ApiError, OfflineError, api }));

let outbox: typeof import("./outbox");

const at = "2026-11-23T08:00:00.000Z";
const morning = { id: "a", score: 4, at };
const noon = { id: "b", score: 5, at };
const evening = { id: "c", score: 6, at };

function says(status: number, code = "some_code", retryAfter: number | null = null) {
  return new ApiError(status, { code }, retryAfter);
}

/** Every call in the order it left, as "PUT a" or "DELETE a". */
function sent(): string[] {
  const calls = Object.entries(api).flatMap(([verb, { mock }]) =>
    mock.calls.map(([path], i) => ({
      order: mock.invocationCallOrder[i] ?? 0,
      name: `${verb.toUpperCase()} ${String(path).replace("/pain/entries/", "")}`,
    })),
  );
  return calls.sort((one, other) => one.order - other.order).map(({ name }) => name);
}

beforeEach(async () => {
  vi.useRealTimers();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  api.put.mockReset().mockResolvedValue({});
  api.post.mockReset().mockResolvedValue({});
  api.patch.mockReset().mockResolvedValue({});
  api.delete.mockReset().mockResolvedValue(undefined);
  outbox = await import("./outbox");
});

describe("saving", () => {
  test("an entry is on this phone before anything is sent", async () => {
    await outbox.saveEntry(morning);
    expect(await outbox.pendingEntries()).toEqual([{ ...morning, state: "waiting", reason: null }]);
    expect(sent()).toEqual([]);
  });

  test("it is still there after the app was closed and opened", async () => {
    await outbox.saveEntry(morning);
    vi.resetModules();
    const reopened = await import("./outbox");
    expect(await reopened.pendingEntries()).toHaveLength(1);
  });

  test("all that belongs to an entry is kept and sent, and nothing else", async () => {
    const told = {
      ...{ ...morning, began_on: "2026-11-20", sleep: "broken", note: "A bad night." },
      ...{ places: ["low_back_left"], worse: ["sitting"], better: ["heat", "walking"] },
    };
    await outbox.saveEntry(told);
    expect(await outbox.pendingEntries()).toEqual([{ ...told, state: "waiting", reason: null }]);
    await outbox.replay();
    const { id, ...body } = told;
    expect(api.put.mock.calls).toEqual([[`/pain/entries/${id}`, body]]);
  });

  test("a screen's live lists are kept as they are at that moment", async () => {
    const places = ["low_back_left"];
    await outbox.saveEntry({ ...morning, places: new Proxy(places, {}) });
    places.push("buttock_left");
    expect(await outbox.pendingEntries()).toMatchObject([{ places: ["low_back_left"] }]);
  });

  test("everyone who listens hears of it, until they stop listening", async () => {
    const heard = vi.fn();
    const stop = outbox.onChange(heard);
    await outbox.saveEntry(morning);
    stop();
    await outbox.saveEntry(noon);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe("replaying", () => {
  test("sends in the order of saving, and then nothing waits", async () => {
    for (const entry of [evening, morning, noon]) await outbox.saveEntry(entry);
    expect(await outbox.replay()).toEqual({ sent: 3, refused: 0, waiting: 0, stopped: null });
    expect(sent()).toEqual(["PUT c", "PUT a", "PUT b"]);
    expect(api.put).toHaveBeenCalledWith("/pain/entries/a", { score: 4, at });
    expect(await outbox.pendingEntries()).toEqual([]);
  });

  test("two replays at once do not send anything twice", async () => {
    for (const entry of [morning, noon]) await outbox.saveEntry(entry);
    await Promise.all([outbox.replay(), outbox.replay(), outbox.replay()]);
    expect(sent()).toEqual(["PUT a", "PUT b"]);
  });

  test("what is saved while it runs goes with the next one", async () => {
    await outbox.saveEntry(morning);
    api.put.mockImplementationOnce(async () => {
      await outbox.saveEntry(noon);
      void outbox.replay();
    });
    await outbox.replay();
    await outbox.replay();
    expect(sent()).toEqual(["PUT a", "PUT b"]);
  });

  test("of two scores for one entry the later one is sent", async () => {
    await outbox.saveEntry(morning);
    await outbox.saveEntry({ ...morning, score: 7 });
    await outbox.replay();
    expect(api.put.mock.calls).toEqual([["/pain/entries/a", { score: 7, at }]]);
  });

  test("a score changed while the old one was on its way is sent too", async () => {
    await outbox.saveEntry(morning);
    api.put.mockImplementationOnce(() => outbox.saveEntry({ ...morning, score: 7 }));
    await outbox.replay();
    expect(await outbox.pendingEntries()).toMatchObject([{ score: 7 }]);
    await outbox.replay();
    expect(api.put).toHaveBeenLastCalledWith("/pain/entries/a", { score: 7, at });
  });
});

describe("deleting", () => {
  test("an entry that never left is gone, and the server hears nothing", async () => {
    await outbox.saveEntry(morning);
    await outbox.deleteEntry("a");
    await outbox.replay();
    expect(sent()).toEqual([]);
  });

  test("an entry whose sending failed half-way is deleted at the server too", async () => {
    await outbox.saveEntry(morning);
    api.put.mockRejectedValueOnce(new OfflineError());
    await outbox.replay();
    await outbox.deleteEntry("a");
    expect(await outbox.pendingEntries()).toEqual([]);
    expect(await outbox.pendingDeletions()).toEqual(["a"]);
    await outbox.replay();
    expect(sent()).toEqual(["PUT a", "DELETE a"]);
  });

  test("an entry deleted while an earlier one is on its way is not sent after all", async () => {
    await outbox.saveEntry(morning);
    await outbox.saveEntry(noon);
    api.put.mockImplementationOnce(() => outbox.deleteEntry("b"));
    await outbox.replay();
    expect(sent()).toEqual(["PUT a"]);
  });

  test("an entry deleted while it is on its way is deleted afterwards", async () => {
    await outbox.saveEntry(morning);
    api.put.mockImplementationOnce(() => outbox.deleteEntry("a"));
    await outbox.replay();
    await outbox.replay();
    expect(sent()).toEqual(["PUT a", "DELETE a"]);
  });

  test("brought back with the same id, the entry is what counts", async () => {
    await outbox.deleteEntry("a");
    await outbox.saveEntry(morning);
    await outbox.replay();
    expect(sent()).toEqual(["PUT a"]);
  });

  test("what the server no longer has counts as deleted", async () => {
    await outbox.deleteEntry("a");
    api.delete.mockRejectedValueOnce(says(404, "not_found"));
    expect(await outbox.replay()).toMatchObject({ sent: 1, waiting: 0 });
    expect(await outbox.pendingDeletions()).toEqual([]);
  });
});

describe("when it does not go through", () => {
  test.each([
    ["no network", new OfflineError(), "offline"],
    ["no session", says(401, "no_session"), "no_session"],
    ["no consent", says(403, "consent_required"), "consent_required"],
    ["a stale token", says(403, "csrf_failed"), "busy"],
    ["a timeout", says(408), "busy"],
    ["a gateway without a server", says(502), "busy"],
    ["a server that restarts", says(503), "busy"],
  ])("%s keeps everything for later and asks no further", async (_name, error, stopped) => {
    for (const entry of [morning, noon]) await outbox.saveEntry(entry);
    api.put.mockRejectedValueOnce(error);
    expect(await outbox.replay()).toEqual({ sent: 0, refused: 0, waiting: 2, stopped });
    expect(sent()).toEqual(["PUT a"]);
    await outbox.replay();
    expect(sent()).toEqual(["PUT a", "PUT a", "PUT b"]);
    expect(await outbox.pendingEntries()).toEqual([]);
  });

  test("a 500 keeps its entry and does not hold up the next one", async () => {
    for (const entry of [morning, noon]) await outbox.saveEntry(entry);
    api.put.mockRejectedValueOnce(says(500, "server_error"));
    expect(await outbox.replay()).toEqual({ sent: 1, refused: 0, waiting: 1, stopped: null });
    expect(await outbox.pendingEntries()).toMatchObject([{ id: "a", state: "waiting" }]);
  });

  test.each([400, 404, 409, 413, 415])("a %i sets the entry aside, in sight", async (status) => {
    for (const entry of [morning, noon]) await outbox.saveEntry(entry);
    api.put.mockRejectedValueOnce(says(status, "invalid"));
    expect(await outbox.replay()).toEqual({ sent: 1, refused: 1, waiting: 0, stopped: null });
    expect(await outbox.pendingEntries()).toEqual([
      { ...morning, state: "refused", reason: "invalid" },
    ]);
    await outbox.replay();
    expect(sent()).toEqual(["PUT a", "PUT b"]);
  });

  test("an entry set aside can be corrected and is then sent", async () => {
    await outbox.saveEntry(morning);
    api.put.mockRejectedValueOnce(says(400, "invalid"));
    await outbox.replay();
    await outbox.saveEntry({ ...morning, score: 3 });
    expect(await outbox.replay()).toMatchObject({ sent: 1 });
  });

  test("the server's wish for quiet is kept to", async () => {
    vi.useFakeTimers({ now: new Date(at), toFake: ["Date"] });
    await outbox.saveEntry(morning);
    api.put.mockRejectedValueOnce(says(429, "rate_limited", 30));
    await outbox.replay();
    vi.setSystemTime(Date.now() + 29_000);
    expect(await outbox.replay()).toMatchObject({ waiting: 1, stopped: "busy" });
    expect(sent()).toEqual(["PUT a"]);
    vi.setSystemTime(Date.now() + 1_000);
    expect(await outbox.replay()).toMatchObject({ sent: 1 });
  });

  test("a mistake of our own is not taken for an answer: the entry stays", async () => {
    await outbox.saveEntry(morning);
    api.put.mockRejectedValueOnce(new TypeError("a bug"));
    await expect(outbox.replay()).rejects.toThrow("a bug");
    expect(await outbox.replay()).toMatchObject({ sent: 1 });
  });
});

describe("answers to reminders", () => {
  const done = { id: "d", answer: "done", at };
  const answered = (id: string) => [`/reminders/deliveries/${id}/answer`, { answer: "done", at }];

  test("wait on this phone and go out with the rest, in their order", async () => {
    await outbox.saveEntry(morning);
    await outbox.saveAnswer(done);
    expect(await outbox.pendingAnswer("d")).toEqual({ ...done, state: "waiting" });
    expect(await outbox.replay()).toMatchObject({ sent: 2, waiting: 0 });
    expect(api.put.mock.calls[1]).toEqual(answered("d"));
    expect(await outbox.pendingAnswer("d")).toBeNull();
  });

  test("are no entries", async () => {
    await outbox.saveAnswer(done);
    expect(await outbox.pendingEntries()).toEqual([]);
    expect(await outbox.pendingDeletions()).toEqual([]);
    await outbox.saveEntry(morning);
    expect(await outbox.pendingAnswer("a")).toBeNull();
  });

  test("are told of as answers, and scores as entries", async () => {
    const heard = vi.fn();
    outbox.onChange(heard);
    await outbox.saveAnswer(done);
    await outbox.saveEntry(morning);
    await outbox.replay();
    expect(heard.mock.calls).toEqual([["answer"], ["entry"], ["answer"], ["entry"]]);
  });

  test("stand as they were given first", async () => {
    await outbox.saveAnswer(done);
    await outbox.saveAnswer({ ...done, answer: "snooze_60" });
    await outbox.replay();
    expect(api.put.mock.calls).toEqual([answered("d")]);
  });

  test.each([
    [409, "answered_otherwise"],
    [404, "not_found"],
  ])("are over where the server says %i %s", async (status, code) => {
    await outbox.saveAnswer(done);
    api.put.mockRejectedValueOnce(says(status, code));
    expect(await outbox.replay()).toMatchObject({ sent: 1, refused: 0 });
    expect(await outbox.pendingAnswer("d")).toBeNull();
  });

  test("that the server does not take can be given anew", async () => {
    await outbox.saveAnswer(done);
    api.put.mockRejectedValueOnce(says(400, "invalid"));
    expect(await outbox.replay()).toMatchObject({ refused: 1 });
    expect(await outbox.pendingAnswer("d")).toMatchObject({ state: "refused" });
    await outbox.saveAnswer({ ...done, answer: "skip_today" });
    expect(await outbox.replay()).toMatchObject({ sent: 1 });
  });

  test("wait while there is no network", async () => {
    await outbox.saveAnswer(done);
    api.put.mockRejectedValueOnce(new OfflineError());
    expect(await outbox.replay()).toMatchObject({ waiting: 1, stopped: "offline" });
    await outbox.replay();
    expect(await outbox.pendingAnswer("d")).toBeNull();
  });

  test("that the worker left here are sent, without their token", async () => {
    const { open } = await import("./db");
    const letter = { ...done, token: "a:b:c", wish: "answer", stamp: 1 };
    await (await open()).change("outbox", "d", () => letter);
    expect(await outbox.replay()).toMatchObject({ sent: 1 });
    expect(api.put.mock.calls).toEqual([answered("d")]);
  });
});

describe("across versions", () => {
  const unsent = { wish: "put", stamp: 1, maybeKnown: false, refused: null };

  async function left(...rows: ({ id: string } & Record<string, unknown>)[]): Promise<void> {
    const { open } = await import("./db");
    const store = await open();
    for (const row of rows) await store.change("outbox", row.id, () => row);
  }

  test("entries that waited since before there were other writes are still sent", async () => {
    await left(
      { id: "a", ...unsent, entry: morning },
      { id: "b", wish: "delete", entry: null, stamp: 2, maybeKnown: true, refused: null },
      { id: "c", ...unsent, entry: evening, stamp: 3, maybeKnown: true, refused: "invalid" },
    );
    expect(await outbox.pendingDeletions()).toEqual(["b"]);
    expect(await outbox.replay()).toEqual({ sent: 2, refused: 0, waiting: 0, stopped: null });
    expect(sent()).toEqual(["PUT a", "DELETE b"]);
    expect(api.put).toHaveBeenCalledWith("/pain/entries/a", { score: 4, at });
    expect(await outbox.pendingEntries()).toEqual([
      { ...evening, state: "refused", reason: "invalid" },
    ]);
  });

  test("an old entry that never left can be torn up, corrected and refused", async () => {
    await left({ id: "a", ...unsent, entry: morning }, { id: "b", ...unsent, entry: noon });
    await outbox.deleteEntry("a");
    await outbox.saveEntry({ ...noon, score: 2 });
    api.put.mockRejectedValueOnce(says(400, "invalid"));
    await outbox.replay();
    expect(sent()).toEqual(["PUT b"]);
    expect(await outbox.pendingEntries()).toMatchObject([{ score: 2, state: "refused" }]);
  });

  test("a page of an earlier version passes over rows it would send wrongly", async () => {
    await outbox.saveEntry({ ...morning, note: "Kept whole." });
    await outbox.saveWrite({ key: "f", method: "PUT", path: "/pain/flares/f", about: "flare" });
    const { open } = await import("./db");
    const rows = await (await open()).all<{ refused: unknown; entry?: unknown }>("outbox");
    // It shows what has an entry, and sends what is not refused.
    expect(rows.filter(({ refused, entry }) => !refused || entry)).toEqual([]);
  });
});
