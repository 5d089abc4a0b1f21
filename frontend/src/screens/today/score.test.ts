import { beforeEach, describe, expect, it, vi } from "vitest";
import { session } from "../../frame/session.svelte";
import * as db from "../../offline/db";
import * as outbox from "../../offline/outbox";
import { Score } from "./score.svelte";
import type { Today } from "./types";

/** An outbox in memory, with a network that can be cut. */
let kept: outbox.LocalEntry[] = [];
let online = true;

beforeEach(() => {
  kept = [];
  online = true;
  vi.spyOn(session, "consented", "get").mockReturnValue(true);
  vi.spyOn(db, "isKept").mockResolvedValue(true);
  vi.spyOn(outbox, "saveEntry").mockImplementation(async (entry) => {
    kept = kept.filter(({ id }) => id !== entry.id);
    kept.push({ ...entry, state: "waiting", reason: null });
  });
  vi.spyOn(outbox, "deleteEntry").mockImplementation(async (id) => {
    kept = kept.filter((one) => one.id !== id);
  });
  vi.spyOn(outbox, "pendingEntries").mockImplementation(async () => kept);
  vi.spyOn(outbox, "replay").mockImplementation(async () => {
    if (online) kept = [];
    return { sent: 0, refused: 0, waiting: kept.length, stopped: null };
  });
});

describe("a tapped score", () => {
  it("is saved at once and said to be synced when the server has it", async () => {
    const onSynced = vi.fn();
    const score = new Score(onSynced);
    await score.choose(4);
    expect(score.saved?.score).toBe(4);
    expect(score.where).toBe("synced");
    expect(onSynced).toHaveBeenCalledOnce();
  });

  it("is on this phone while there is no network, and synced once there is", async () => {
    online = false;
    const score = new Score(() => undefined);
    await score.choose(4);
    expect(score.where).toBe("phone");
  });

  it("says so when the server will not take it", async () => {
    vi.mocked(outbox.replay).mockImplementation(async () => {
      kept = kept.map((one) => ({ ...one, state: "refused" as const }));
      return { sent: 0, refused: 1, waiting: 0, stopped: null };
    });
    const score = new Score(() => undefined);
    await score.choose(4);
    expect(score.where).toBe("refused");
  });

  it("is corrected by a second tap within a minute", async () => {
    online = false;
    const score = new Score(() => undefined);
    await score.choose(4);
    await score.choose(5);
    expect(kept.map((one) => one.score)).toEqual([5]);
    expect(score.corrected).toBe(true);
  });

  it("stands beside the next one after a minute", async () => {
    online = false;
    vi.useFakeTimers({ toFake: ["Date"] });
    const score = new Score(() => undefined);
    await score.choose(4);
    vi.setSystemTime(Date.now() + 61_000);
    await score.choose(5);
    vi.useRealTimers();
    expect(kept.map((one) => one.score)).toEqual([4, 5]);
  });

  it("can be taken back", async () => {
    online = false;
    const score = new Score(() => undefined);
    await score.choose(4);
    await score.undo();
    expect(kept).toEqual([]);
    expect(score.saved).toBeNull();
  });

  it("is not called saved when the phone could not keep it", async () => {
    vi.mocked(outbox.saveEntry).mockRejectedValue(new Error("QuotaExceededError"));
    const score = new Score(() => undefined);
    await score.choose(4);
    expect(score.failed).toBe(true);
    expect(score.saved).toBeNull();
  });
});

describe("when it began", () => {
  it("is said of the same entry, and goes over to its correction", async () => {
    online = false;
    const score = new Score(() => undefined);
    await score.choose(4);
    await score.began("2026-11-20");
    expect(kept.at(-1)).toMatchObject({ score: 4, began_on: "2026-11-20" });
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
    await score.choose(5);
    expect(kept.map(({ score, began_on }) => [score, began_on])).toEqual([[5, "2026-11-20"]]);
  });

  it("is not taken over by the next score", async () => {
    online = false;
    vi.useFakeTimers({ toFake: ["Date"] });
    const score = new Score(() => undefined);
    await score.choose(4);
    await score.began("2026-11-20");
    vi.setSystemTime(Date.now() + 61_000);
    await score.choose(5);
    vi.useRealTimers();
    expect(score.saved).not.toHaveProperty("began_on");
  });

  it("says nothing of a score that was taken back", async () => {
    online = false;
    const score = new Score(() => undefined);
    await score.choose(4);
    await score.undo();
    await score.began("2026-11-20");
    expect(kept).toEqual([]);
  });
});

describe("what was known before it", () => {
  it("is what was known before its first tap, also after a correction", async () => {
    let known = { date: "2026-11-23" } as Today;
    const score = new Score(
      () => undefined,
      () => known,
    );
    await score.choose(4);
    known = { date: "2026-11-24" } as Today;
    await score.choose(5);
    expect(score.before?.date).toBe("2026-11-23");
  });
});

describe("the very first score", () => {
  beforeEach(() => {
    vi.spyOn(session, "consented", "get").mockReturnValue(false);
  });

  it("waits for consent and stores nothing", async () => {
    const score = new Score(() => undefined);
    await score.choose(4);
    expect(score.asking).toBe(4);
    expect(outbox.saveEntry).not.toHaveBeenCalled();
  });

  it("is kept on the phone before the server is asked, so that nothing is lost", async () => {
    online = false;
    vi.spyOn(session, "agree").mockImplementation(async () => {
      expect(kept.map((one) => one.score)).toEqual([4]);
    });
    const score = new Score(() => undefined);
    await score.choose(4);
    await score.agree();
    expect(session.agree).toHaveBeenCalledOnce();
    expect(score.where).toBe("phone");
  });

  it("is let go when the person does not agree", async () => {
    const score = new Score(() => undefined);
    await score.choose(4);
    score.decline();
    expect(score.asking).toBeNull();
    expect(outbox.saveEntry).not.toHaveBeenCalled();
  });
});

describe("in a window that stores nothing", () => {
  it("is not said to be saved on the phone", async () => {
    vi.mocked(db.isKept).mockResolvedValue(false);
    online = false;
    const score = new Score(() => undefined);
    await score.choose(4);
    expect(score.where).toBe("page");
  });
});
