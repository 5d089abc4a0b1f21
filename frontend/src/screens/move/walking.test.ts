import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import { OPEN_GATE, walkingNow } from "./fixture";
import { dayOf } from "./localday";
import type { Walking } from "./types";

const api = vi.hoisted(() => ({
  ...{ get: vi.fn(), put: vi.fn(), post: vi.fn(), patch: vi.fn(), delete: vi.fn() },
}));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

let told: Walking;
let fails: Error | null;
let walking: (typeof import("./walking.svelte"))["walking"];
let giving: typeof import("../gate/giving");
let outbox: typeof import("../../offline/outbox");

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  const date = dayOf(new Date(), 0);
  told = walkingNow({ today: { ...walkingNow().today, date } });
  fails = null;
  api.get.mockReset().mockImplementation(async (path: string) => {
    if (fails) throw fails;
    return path === "/session" ? { person: { id: "me", consent_at: "2026-11-01" } } : told;
  });
  for (const call of [api.put, api.delete]) {
    call.mockReset().mockImplementation(async () => {
      if (fails) throw fails;
      return {};
    });
  }
  outbox = await import("../../offline/outbox");
  giving = await import("../gate/giving");
  const { session } = await import("../../frame/session.svelte");
  vi.spyOn(session, "change").mockResolvedValue();
  ({ walking } = await import("./walking.svelte"));
  await walking.load();
});

function answers(yes: string[]) {
  return { yes, wording: "2026-11", at: new Date().toISOString() };
}

it("shows what the server said", () => {
  expect(walking.gate?.state).toBe("open");
  expect(walking.opened).toBe(true);
});

it("goes on without a network with what this phone knew", async () => {
  fails = new OfflineError();
  await walking.load();
  expect(walking.known.phase).toBe("offline");
  expect(walking.now?.plan?.minutes).toBe(12);
});

describe("the gate, answered without a network", () => {
  beforeEach(() => (fails = new OfflineError()));

  it("blocks at once, and is told later", async () => {
    await giving.giveAnswers(answers(["falls"]));
    await walking.look();
    expect(walking.gate?.state).toBe("blocked");
    fails = null;
    await outbox.replay();
    expect(api.put).toHaveBeenLastCalledWith(
      expect.stringMatching(/^\/walking\/gate\/answers\//),
      expect.objectContaining({ yes: ["falls"] }),
    );
  });

  it("opens with a clearance, and blocks again once that is taken back", async () => {
    await giving.giveAnswers(answers(["falls"]));
    const clearance = { clinician: "doctor", seen_on: "2026-11-20" } as const;
    const id = await giving.giveClearance({ ...clearance, at: new Date().toISOString() });
    await walking.look();
    expect(walking.gate?.state).toBe("open");
    await giving.takeClearanceBack(id ?? "");
    await walking.look();
    expect(walking.gate?.state).toBe("blocked");
  });
});

it("a clearance that the server turned down is none, and does not stay", async () => {
  told = { ...told, gate: { ...OPEN_GATE, state: "blocked" } };
  fails = new ApiError(422, { code: "invalid" });
  const at = new Date().toISOString();
  const id = await giving.giveClearance({ clinician: "doctor", seen_on: "2020-01-01", at });
  expect(id).toBeNull();
  expect(await outbox.pendingWrites("gate")).toEqual([]);
});

it("a walk that waits fills the ring at once", async () => {
  const stop = walking.watch();
  fails = new OfflineError();
  const now = Date.now();
  const body = {
    started_at: new Date(now - 1000).toISOString(),
    ended_at: new Date(now).toISOString(),
    seconds: 300,
  };
  await outbox.saveWrite({ key: "w", method: "PUT", path: "/walks/w", body, about: "walk" });
  await vi.waitFor(() => expect(walking.now?.today.walked_seconds).toBe(300));
  stop();
});
