import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import type { Flare } from "./types";

const api = vi.hoisted(() => ({
  ...{ get: vi.fn(), put: vi.fn(), post: vi.fn(), patch: vi.fn(), delete: vi.fn() },
}));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

const delivery = "3f1c0f5e-9d0a-4b1e-8a43-0d7e5a1c2b3d";

/** The server in small: one flare at a time, and "ready" ends the one that was asked about. */
let server: { flares: Flare[]; block: object | null; asked: string | null };
let fails: Error | null;
let state: InstanceType<typeof import("./flare.svelte").FlareState>;
let outbox: typeof import("../../offline/outbox");
let session: (typeof import("../../frame/session.svelte"))["session"];

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  server = { flares: [], block: null, asked: null };
  fails = null;
  api.get.mockReset().mockImplementation(async (path: string) => {
    if (fails) throw fails;
    if (path === "/session") return { person: { id: "me", consent_at: "2026-11-01T08:00:00Z" } };
    return path === "/today" ? { block: server.block } : { results: server.flares };
  });
  api.put.mockReset().mockImplementation(put);
  api.delete.mockReset().mockImplementation(async (path: string) => {
    if (fails) throw fails;
    server.flares = server.flares.filter(({ id }) => !path.endsWith(id));
  });
  outbox = await import("../../offline/outbox");
  ({ session } = await import("../../frame/session.svelte"));
  vi.spyOn(session, "change").mockResolvedValue();
  await session.open();
  const { FlareState } = await import("./flare.svelte");
  state = new FlareState();
});

async function put(path: string, body: { at: string; answer?: string }): Promise<unknown> {
  if (fails) throw fails;
  const [, , kind, id = "", end] = path.split("/");
  if (kind === "deliveries")
    return body.answer === "ready" ? ended(server.asked ?? "", body.at) : {};
  if (end) return ended(id, body.at);
  if (server.flares.some((one) => one.ended_at === null && one.id !== id)) {
    throw new ApiError(409, { code: "flare_on" });
  }
  server.flares = [begun(id, body.at), ...server.flares.filter((one) => one.id !== id)];
  return {};
}

function begun(id: string, at: string): Flare {
  return { id, began_at: at, ended_at: null, resume_percent: null, day: 1 };
}

function ended(id: string, at: string): void {
  server.flares = server.flares.map((one) =>
    one.id === id ? { ...one, ended_at: at, resume_percent: 70, day: null } : one,
  );
}

describe("one tap", () => {
  it("begins a flare, and it is synced", async () => {
    expect(await state.start()).toBe(true);
    await state.sent();
    expect(server.flares).toHaveLength(1);
    expect(state.current?.id).toBe(server.flares[0]?.id);
    expect(state.where).toBe("synced");
  });

  it("does not wait for a slow server: the plan is there at once", async () => {
    let answer = () => {};
    api.put.mockReturnValueOnce(new Promise<void>((resolve) => (answer = resolve)));
    await state.start();
    expect(state.current).not.toBeNull();
    expect(state.where).toBe("sending");
    answer();
    await state.sent();
  });

  it("without a network begins it on this phone, and it is sent once", async () => {
    fails = new OfflineError();
    await state.start();
    await state.sent();
    expect(state.current).not.toBeNull();
    expect(state.where).toBe("phone");
    fails = null;
    await Promise.all([outbox.replay(), outbox.replay()]);
    expect(server.flares).toHaveLength(1);
    expect(api.put.mock.calls.filter(([path]) => path.startsWith("/pain/flares/"))).toHaveLength(2);
    expect(await outbox.pendingWrites("flare")).toEqual([]);
  });

  it("asks for consent first where there is none, and begins nothing before it", async () => {
    vi.spyOn(session, "consented", "get").mockReturnValue(false);
    expect(await state.start()).toBe(false);
    expect(state.asking).toBe(true);
    expect(await outbox.pendingWrites("flare")).toEqual([]);
    const agree = vi.spyOn(session, "agree").mockResolvedValue();
    await state.agree();
    await state.sent();
    expect(agree).toHaveBeenCalled();
    expect(state.current).not.toBeNull();
  });

  it("while one that this phone had not heard of is on leads to that one", async () => {
    server.flares = [begun("theirs", "2026-11-22T08:00:00Z")];
    await state.start();
    await state.sent();
    expect(state.current?.id).toBe("theirs");
    expect(state.where).toBe("synced");
    expect(await outbox.pendingWrites("flare")).toEqual([]);
  });

  it("that could not be kept is not called a flare", async () => {
    vi.spyOn(await (await import("../../offline/db")).open(), "change").mockRejectedValueOnce(
      new DOMException("", "QuotaExceededError"),
    );
    await state.start();
    await state.sent();
    expect(state.failed).toBe(true);
    expect(state.current).toBeNull();
  });
});

describe("taking it back", () => {
  it("deletes it from the server", async () => {
    await state.start();
    await state.sent();
    if (state.current) await state.takeBack(state.current);
    await state.sent();
    expect(server.flares).toEqual([]);
    expect(state.current).toBeNull();
  });

  it("without a network is done on this phone, and on the server once there is one", async () => {
    await state.start();
    await state.sent();
    fails = new OfflineError();
    if (state.current) await state.takeBack(state.current);
    await state.sent();
    expect(state.current).toBeNull();
    expect(server.flares).toHaveLength(1);
    fails = null;
    await outbox.replay();
    expect(server.flares).toEqual([]);
  });
});

describe("ready to step back up?", () => {
  beforeEach(async () => {
    server.flares = [begun("a", "2026-11-22T08:00:00Z")];
    server.asked = "a";
    await state.load();
  });

  it("ready ends it, and the server says where things start again", async () => {
    await state.answer("ready");
    await state.sent();
    expect(state.current).toBeNull();
    expect(state.past?.resume_percent).toBe(70);
    expect(state.where).toBe("synced");
  });

  it("not yet leaves it on", async () => {
    await state.answer("not_yet", delivery);
    await state.sent();
    expect(state.current?.id).toBe("a");
    expect(state.said).toBe("not_yet");
    expect(api.put).toHaveBeenCalledWith(
      `/reminders/deliveries/${delivery}/answer`,
      expect.objectContaining({ answer: "not_yet" }),
    );
  });

  it("ready without a network is over on this phone, and ends once there is one", async () => {
    fails = new OfflineError();
    await state.answer("ready", delivery);
    await state.sent();
    expect(state.current).toBeNull();
    expect(state.where).toBe("phone");
    expect(state.past?.resume_percent).toBeNull();
    fails = null;
    await outbox.replay();
    expect(server.flares[0]?.ended_at).not.toBeNull();
  });

  it("an old question's answer in the address does not end a later flare", async () => {
    server.asked = "an earlier one";
    await state.answered("ready", delivery);
    await state.sent();
    expect(state.current?.id).toBe("a");
  });

  it("an address that is none is no delivery", async () => {
    await state.answered("ready", "../me");
    await state.sent();
    await state.noteOpened("../me");
    expect(api.put).not.toHaveBeenCalled();
    expect(state.current?.id).toBe("a");
  });
});

describe("a block", () => {
  it("is known from Today", async () => {
    const block = { id: "b", check: "c", began_at: "2026-11-22T08:00:00Z", lifted_at: null };
    server.block = block;
    await state.load();
    expect(state.blocked).toBe(true);
  });

  it("that nobody speaks of is none", async () => {
    await state.load();
    expect(state.blocked).toBe(false);
  });
});
