import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, OfflineError } from "../api/errors";
import type { Write } from "./outbox";

const api = vi.hoisted(() => ({ put: vi.fn(), post: vi.fn(), patch: vi.fn(), delete: vi.fn() }));
vi.mock("../api/client", () => ({ ApiError, OfflineError, api }));

let outbox: typeof import("./outbox");

const at = "2026-11-23T08:00:00.000Z";
const morning = { id: "a", score: 4, at };

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

describe("other writes", () => {
  const symptoms = { id: "k", symptoms: ["fever"] };
  const check: Write = {
    ...{ key: "k", method: "POST", path: "/symptom-checks", body: symptoms, about: "check" },
  };
  const flare: Write = { key: "f", method: "PUT", path: "/pain/flares/f", about: "flare" };
  const same = { answer: "same", at };
  const first: Write = {
    ...{ key: "p", method: "PUT", path: "/pain/prompts/p/answer", body: same, about: "prompt" },
    first: true,
  };
  const seen = { method: "PATCH", path: "/pain/episodes/e", about: "episode" } as const;

  test("wait on this phone, and go out in their order among the entries and answers", async () => {
    await outbox.saveWrite(check);
    await outbox.saveEntry(morning);
    await outbox.saveWrite({ ...seen, key: "e", body: { clinician: "doctor" } });
    await outbox.saveAnswer({ id: "d", answer: "done", at });
    await outbox.saveWrite({ ...flare, method: "DELETE" });
    expect(await outbox.replay()).toEqual({ sent: 5, refused: 0, waiting: 0, stopped: null });
    expect(sent()).toEqual([
      "POST /symptom-checks",
      "PUT a",
      "PATCH /pain/episodes/e",
      "PUT /reminders/deliveries/d/answer",
      "DELETE /pain/flares/f",
    ]);
    expect(api.post.mock.calls[0]).toEqual([check.path, check.body]);
    expect(await outbox.pendingWrites()).toEqual([]);
  });

  test("are listed with what they are about and when they were saved", async () => {
    vi.useFakeTimers({ now: new Date(at), toFake: ["Date"] });
    await outbox.saveWrite(check);
    await outbox.saveWrite(first);
    await outbox.saveEntry(morning);
    const state = { state: "waiting", reason: null };
    expect(await outbox.pendingWrites()).toEqual([
      { ...check, ...state, stamp: Date.parse(at) },
      { ...first, ...state, stamp: Date.parse(at) + 1 },
    ]);
    expect(await outbox.pendingWrites("prompt")).toMatchObject([{ key: "p" }]);
  });

  test.each(["walk", "gate", "plan", "follow_up", "backward"] as const)(
    "may be about a %s",
    async (about) => {
      await outbox.saveWrite({ key: "w", method: "PUT", path: "/walks/w", body: { at }, about });
      expect(await outbox.pendingWrites(about)).toMatchObject([{ key: "w", about }]);
      expect(await outbox.pendingWrites("flare")).toEqual([]);
      await outbox.replay();
      expect(api.put.mock.calls).toEqual([["/walks/w", { at }]]);
    },
  );

  test("of a walk leave before the score that belongs to it", async () => {
    await outbox.saveWrite({
      key: "w",
      method: "PUT",
      path: "/walks/w",
      body: { at },
      about: "walk",
    });
    await outbox.saveEntry({ ...morning, walk: "w", walk_moment: "after" });
    await outbox.replay();
    expect(sent()).toEqual(["PUT /walks/w", "PUT a"]);
    expect(api.put.mock.calls[1]?.[1]).toMatchObject({ walk: "w", walk_moment: "after" });
  });

  test("are no entries and no answers", async () => {
    await outbox.saveWrite({ ...flare, method: "DELETE" });
    expect(await outbox.pendingEntries()).toEqual([]);
    expect(await outbox.pendingDeletions()).toEqual([]);
    expect(await outbox.pendingAnswer("f")).toBeNull();
  });

  test("are told of as writes", async () => {
    const heard = vi.fn();
    outbox.onChange(heard);
    await outbox.saveWrite(flare);
    await outbox.replay();
    expect(heard.mock.calls).toEqual([["write"], ["write"]]);
  });

  test("with the same key replace the one that waits", async () => {
    await outbox.saveWrite(check);
    await outbox.saveWrite({ ...check, body: { symptoms: [] } });
    await outbox.replay();
    expect(api.post.mock.calls).toEqual([[check.path, { symptoms: [] }]]);
  });

  test("that are first words stand against later ones", async () => {
    await outbox.saveWrite(first);
    await outbox.saveWrite({ ...first, body: { answer: "worse", at } });
    await outbox.replay();
    expect(api.put.mock.calls).toEqual([[first.path, first.body]]);
  });

  test("that are first words are over where the server has another", async () => {
    await outbox.saveWrite(first);
    api.put.mockRejectedValueOnce(says(409, "answered_otherwise"));
    expect(await outbox.replay()).toMatchObject({ sent: 1, refused: 0 });
    expect(await outbox.pendingWrites()).toEqual([]);
  });

  test("that are first words and were refused make room for another", async () => {
    await outbox.saveWrite(first);
    api.put.mockRejectedValueOnce(says(400, "invalid"));
    await outbox.replay();
    await outbox.saveWrite({ ...first, body: { answer: "worse", at } });
    expect(await outbox.replay()).toMatchObject({ sent: 1, refused: 0 });
  });

  test.each([
    ["POST", 409, "conflict"],
    ["PUT", 404, "not_found"],
    ["PATCH", 400, "invalid"],
  ] as const)("that are refused stay in sight: %s, %i %s", async (method, status, code) => {
    await outbox.saveWrite({ ...check, method });
    await outbox.saveEntry(morning);
    const called = { POST: api.post, PUT: api.put, PATCH: api.patch }[method];
    called.mockRejectedValueOnce(says(status, code));
    expect(await outbox.replay()).toMatchObject({ sent: 1, refused: 1, waiting: 0 });
    await outbox.replay();
    expect(sent()).toHaveLength(2);
    expect(await outbox.pendingWrites()).toMatchObject([{ state: "refused", reason: code }]);
  });

  test("that delete what the server no longer has are over", async () => {
    await outbox.saveWrite({ ...flare, method: "DELETE" });
    api.delete.mockRejectedValueOnce(says(404, "not_found"));
    expect(await outbox.replay()).toMatchObject({ sent: 1, refused: 0 });
  });

  test("wait while there is no network, and hold back what comes after them", async () => {
    await outbox.saveWrite(check);
    await outbox.saveEntry(morning);
    api.post.mockRejectedValueOnce(new OfflineError());
    expect(await outbox.replay()).toMatchObject({ waiting: 2, stopped: "offline" });
    await outbox.replay();
    expect(sent()).toEqual(["POST /symptom-checks", "POST /symptom-checks", "PUT a"]);
  });

  test("that never left are torn up when they are taken back", async () => {
    await outbox.saveWrite(check);
    const heard = vi.fn();
    outbox.onChange(heard);
    expect(await outbox.takeBackWrite("k")).toBe(true);
    expect(heard.mock.calls).toEqual([["write"]]);
    await outbox.replay();
    expect(sent()).toEqual([]);
  });

  test("that have left, or were never here, cannot be taken back", async () => {
    await outbox.saveWrite(check);
    api.post.mockRejectedValueOnce(new OfflineError());
    await outbox.replay();
    expect(await outbox.takeBackWrite("k")).toBe(false);
    expect(await outbox.pendingWrites()).toMatchObject([{ key: "k", state: "waiting" }]);
    expect(await outbox.takeBackWrite("other")).toBe(false);
  });

  test("that the server turned down can be taken back", async () => {
    await outbox.saveWrite(check);
    api.post.mockRejectedValueOnce(says(400, "invalid"));
    await outbox.replay();
    expect(await outbox.takeBackWrite("k")).toBe(true);
    expect(await outbox.pendingWrites()).toEqual([]);
  });

  test("that replace one which had left are known to the server as well", async () => {
    await outbox.saveWrite(flare);
    api.put.mockRejectedValueOnce(new OfflineError());
    await outbox.replay();
    await outbox.saveWrite(flare);
    expect(await outbox.takeBackWrite("f")).toBe(false);
  });

  test("another window says so too", async () => {
    const heard = vi.fn();
    outbox.onChange(heard);
    const channel = new BroadcastChannel("backstep.outbox");
    channel.postMessage("write");
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith("write"));
    channel.close();
  });
});
