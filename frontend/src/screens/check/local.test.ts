import { beforeEach, describe, expect, it, vi } from "vitest";
import * as outbox from "../../offline/outbox";
import type { PendingWrite, Write } from "../../offline/outbox";
import { forgetAll } from "../../offline/cache";
import { clear, settleClearance, unclear } from "./clearing";
import { holdUnsaved, keep, letGoUnsaved } from "./kept";
import { liftedHere, localBlock, standing, type Clearance } from "./local";
import type { Block, Check } from "./types";

const at = "2026-11-23T08:00:00.000Z";
const given = { wording: "2026-11", occasion: "by_hand", at } as const;
const check = (id: string, level: Check["level"], corrects: string | null = null): Check => ({
  ...{ ...given, symptoms: [], rows: [], texts: [] },
  ...{ id, level, corrects },
});
const block: Block = {
  ...{ id: "b", began_at: at, check: "a", lifted_at: null, lifted_as: "", clinician: "" },
  seen_on: null,
};

const soonAfter = "2026-11-23T10:00:00.000Z";
const later = "2026-11-23T12:00:00.000Z";
const clearance = { clinician: "doctor", seen_on: "2026-11-23", at: soonAfter } as const;

let waiting: PendingWrite[] = [];

async function givenHere(...checks: Check[]): Promise<void> {
  for (const one of checks) {
    await keep(one);
    await outbox.saveWrite({
      ...{ key: one.id, method: "POST", path: "/symptom-checks", body: one, about: "check" },
    });
  }
}

beforeEach(async () => {
  waiting = [];
  await forgetAll();
  letGoUnsaved();
  vi.spyOn(outbox, "saveWrite").mockImplementation(async (write: Write) => {
    const others = waiting.filter(({ key }) => key !== write.key);
    waiting = [...others, { ...write, state: "waiting", reason: null, stamp: waiting.length }];
  });
  vi.spyOn(outbox, "takeBackWrite").mockImplementation(async (key) => {
    const before = waiting.length;
    waiting = waiting.filter((one) => one.key !== key);
    return waiting.length < before;
  });
  vi.spyOn(outbox, "pendingWrites").mockImplementation(async (about) =>
    waiting.filter((one) => !about || one.about === about),
  );
  vi.spyOn(outbox, "replay").mockResolvedValue({ sent: 0, refused: 0, waiting: 0, stopped: null });
});

describe("a block that only this phone knows of", () => {
  it("stands from an emergency that waits to be sent", async () => {
    await givenHere(check("a", "emergency"));
    expect(await localBlock()).toEqual({ check: "a", at });
  });

  it.each(["same_day", "soon", "self_care"] as const)("does not stand after %s", async (level) => {
    await givenHere(check("a", level));
    expect(await localBlock()).toBeNull();
  });

  it("is the server's business once the check has been sent", async () => {
    await givenHere(check("a", "emergency"));
    waiting = [];
    expect(await localBlock()).toBeNull();
  });

  it("stands where the server turned the check down", async () => {
    await givenHere(check("a", "emergency"));
    waiting = waiting.map((one) => ({ ...one, state: "refused" }));
    expect(await localBlock()).toEqual({ check: "a", at });
  });

  it("stands before the person has agreed to anything", async () => {
    holdUnsaved(check("a", "emergency"));
    expect(await localBlock()).toEqual({ check: "a", at });
  });

  it("is lifted by answering again after a slip, and by nothing less", async () => {
    await givenHere(check("a", "emergency"), check("later", "self_care"));
    expect(await localBlock()).toEqual({ check: "a", at });
    await givenHere(check("again", "soon", "a"));
    expect(await localBlock()).toBeNull();
  });

  it("is lifted by a clearance, and stands again when that is undone", async () => {
    await givenHere(check("a", "emergency"));
    const open = { id: null, began_at: at };
    await clear(open, clearance);
    expect(await localBlock()).toBeNull();
    await unclear(open);
    expect(await localBlock()).toEqual({ check: "a", at });
  });

  it("stands anew with an emergency after the clearance", async () => {
    await givenHere(check("a", "emergency"), { ...check("b", "emergency"), at: later });
    await clear({ id: null, began_at: at }, clearance);
    expect(await localBlock()).toEqual({ check: "b", at: later });
  });
});

describe("answers in their order", () => {
  const open = (...told: Check[]) => standing(told).map((one) => one.check);

  it("an emergency said again after a slip stands in place of the first one", () => {
    expect(open(check("a", "emergency"), check("b", "emergency", "a"))).toEqual(["b"]);
  });

  it("the second answer to a slip lifts it too", () => {
    const said = [check("a", "emergency"), check("b", "emergency", "a"), check("c", "soon", "b")];
    expect(open(...said)).toEqual([]);
  });

  it("a slip about one emergency leaves another standing", () => {
    const said = [check("a", "emergency"), check("b", "emergency"), check("c", "soon", "a")];
    expect(open(...said)).toEqual(["b"]);
  });
});

describe("the server's block", () => {
  it("is lifted here by a slip that waits to be sent", async () => {
    expect(await liftedHere(block)).toBe(false);
    await givenHere(check("c", "self_care", "a"));
    expect(await liftedHere(block)).toBe(true);
  });

  it("is lifted here by a clearance that waits, not by one that was turned down", async () => {
    await clear(block, clearance);
    expect(await liftedHere(block)).toBe(true);
    waiting = waiting.map((one) => ({ ...one, state: "refused" }));
    expect(await liftedHere(block)).toBe(false);
  });

  it("hears of a clearance that was recorded before it was made", async () => {
    await clear({ id: null, began_at: at }, clearance);
    await settleClearance(block);
    const path = "/safety/blocks/b/clearance";
    expect(waiting).toMatchObject([{ method: "PUT", path, body: clearance }]);
    await settleClearance(block);
    expect(waiting).toHaveLength(1);
  });

  it("hears nothing of a clearance from before it", async () => {
    await clear({ id: null, began_at: at }, clearance);
    await settleClearance({ ...block, began_at: later });
    expect(waiting).toEqual([]);
  });

  it("hears of a clearance from a phone whose clock runs ahead, without its time", async () => {
    vi.mocked(outbox.replay).mockImplementation(async () => {
      const state = waiting.some(({ body }) => (body as Clearance).at) ? "refused" : "waiting";
      waiting = waiting.map((one) => ({ ...one, state }));
      return { sent: 0, refused: 0, waiting: 0, stopped: null };
    });
    await clear(block, clearance);
    expect(waiting).toMatchObject([{ state: "waiting", body: { clinician: "doctor" } }]);
    expect(waiting[0]?.body).not.toMatchObject({ at: expect.anything() });
  });

  it("stands again when a clearance that had been sent is undone", async () => {
    await unclear(block);
    expect(waiting).toMatchObject([{ method: "DELETE", path: "/safety/blocks/b/clearance" }]);
  });
});
