import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import type { Asked } from "./answer.svelte";

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

const id = "3f1c0f5e-9d0a-4b1e-8a43-0d7e5a1c2b3d";
const path = `/reminders/deliveries/${id}`;
const all = ["done", "snooze_15", "snooze_60", "skip_today"];
const unanswered: Asked = {
  kind: "walk",
  due_at: "2026-11-23T08:00:00Z",
  answer: "",
  answered_at: null,
  answers: all,
  path: "/move",
};

/** The server in small: it keeps the first answer. */
let server: Asked;
let fails: Error | null;
let person: object | null;
let answering: typeof import("./answer.svelte");
let outbox: typeof import("../../offline/outbox");

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  server = { ...unanswered };
  fails = null;
  person = { id: "me", consent_at: "2026-11-01T08:00:00Z" };
  api.get.mockReset().mockImplementation(async (from: string) => {
    if (fails) throw fails;
    return from === "/session" ? { person } : server;
  });
  api.put.mockReset().mockImplementation(async (to: string, body: { answer: string }) => {
    if (fails) throw fails;
    if (!to.endsWith("/answer")) return;
    if (server.answer && server.answer !== body.answer) throw says(409, "answered_otherwise");
    server = { ...server, answer: body.answer, answered_at: "2026-11-23T08:20:00Z" };
  });
  answering = await import("./answer.svelte");
  outbox = await import("../../offline/outbox");
  const { session } = await import("../../frame/session.svelte");
  vi.spyOn(session, "change").mockResolvedValue();
  await session.open();
});

function says(status: number, code: string): ApiError {
  return new ApiError(status, { code });
}

describe("a reminder that waits for its answer", () => {
  it("can be answered before the server has said a word", () => {
    const one = new answering.Answering(id);
    expect(one.choices).toEqual(all);
    expect(one.stands).toBeNull();
  });

  it("is reported as opened", async () => {
    await new answering.Answering(id).open();
    expect(api.put).toHaveBeenCalledWith(`${path}/opened`, undefined);
  });

  it("offers what the server takes, and no word of a later version", async () => {
    server.answers = ["better", "done", "skip_today"];
    const one = new answering.Answering(id);
    await one.open();
    expect(one.choices).toEqual(["done", "skip_today"]);
  });

  it("is not asked about under an address that is none", async () => {
    const one = new answering.Answering("../me");
    await one.open();
    await one.give("done");
    expect(one.trouble).toBe("gone");
    expect(api.get.mock.calls).toEqual([["/session"]]);
    expect(api.put).not.toHaveBeenCalled();
  });
});

describe("in a browser that knows nobody", () => {
  beforeEach(async () => {
    person = null;
    const { session } = await import("../../frame/session.svelte");
    await session.reopen();
  });

  it("says so, and asks the server for nothing more", async () => {
    api.get.mockClear();
    const one = new answering.Answering(id);
    await one.open();
    expect(one.trouble).toBe("stranger");
    expect(api.get).not.toHaveBeenCalledWith(path);
  });
});

describe("an answer", () => {
  it("stands at once and is synced when the server has it", async () => {
    const one = new answering.Answering(id);
    await one.give("snooze_15");
    expect(api.put).toHaveBeenCalledWith(`${path}/answer`, {
      answer: "snooze_15",
      at: expect.any(String),
    });
    expect(one.stands).toEqual({ answer: "snooze_15", at: "2026-11-23T08:20:00Z" });
    expect(one.where).toBe("synced");
  });

  it("is not called synced by a look that began before it", async () => {
    let answerLook: (asked: Asked) => void = () => {};
    api.get.mockReturnValueOnce(new Promise<Asked>((resolve) => (answerLook = resolve)));
    let answerPut = () => {};
    api.put.mockReturnValueOnce(new Promise<void>((resolve) => (answerPut = resolve)));
    const one = new answering.Answering(id);
    void one.open();
    await vi.waitFor(() => expect(api.get).toHaveBeenCalledWith(path));
    const giving = one.give("done");
    await vi.waitFor(() => expect(api.put).toHaveBeenCalled());
    answerLook(server);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(one.where).toBe("sending");
    answerPut();
    await giving;
    expect(one.where).toBe("synced");
  });

  it("is kept on this phone without a network, and synced with one", async () => {
    fails = new OfflineError();
    const one = new answering.Answering(id);
    const stop = one.watch();
    await one.give("done");
    expect(one.stands).toMatchObject({ answer: "done" });
    expect(one.where).toBe("phone");
    fails = null;
    await outbox.replay();
    await vi.waitFor(() => expect(one.where).toBe("synced"));
    stop();
  });

  it("that waits on this phone is shown when the screen is opened again", async () => {
    fails = new OfflineError();
    await new answering.Answering(id).give("skip_today");
    const again = new answering.Answering(id);
    await again.open();
    expect(again.stands).toMatchObject({ answer: "skip_today" });
    expect(again.where).toBe("phone");
  });

  it("gives way to the one that the server had first", async () => {
    server = { ...server, answer: "snooze_60", answered_at: "2026-11-23T08:10:00Z" };
    const one = new answering.Answering(id);
    await one.give("done");
    expect(one.stands).toEqual({ answer: "snooze_60", at: "2026-11-23T08:10:00Z" });
    expect(one.tooLate).toBe(true);
  });

  it("given on another device is shown, and as nobody's fault", async () => {
    server = { ...server, answer: "done", answered_at: "2026-11-23T08:10:00Z" };
    const one = new answering.Answering(id);
    await one.open();
    expect(one.stands).toEqual({ answer: "done", at: "2026-11-23T08:10:00Z" });
    expect(one.tooLate).toBe(false);
  });

  it("that the lock screen gave meanwhile arrives here too", async () => {
    const one = new answering.Answering(id);
    await one.open();
    const stop = one.watch();
    server = { ...server, answer: "done", answered_at: "2026-11-23T08:10:00Z" };
    new BroadcastChannel("backstep.outbox").postMessage("answer");
    await vi.waitFor(() => expect(one.stands).toMatchObject({ answer: "done" }));
    stop();
  });

  it("that the server turns down leaves the choice open", async () => {
    const one = new answering.Answering(id);
    api.put.mockRejectedValueOnce(says(400, "invalid"));
    await one.give("done");
    expect(one.where).toBe("refused");
    expect(one.stands).toBeNull();
    await one.give("skip_today");
    expect(one.stands).toMatchObject({ answer: "skip_today" });
  });

  it("is not called saved when the phone could not keep it", async () => {
    vi.spyOn(await (await import("../../offline/db")).open(), "change").mockRejectedValueOnce(
      new DOMException("", "QuotaExceededError"),
    );
    const one = new answering.Answering(id);
    await one.give("done");
    expect(one.failed).toBe(true);
    expect(one.stands).toBeNull();
  });

  it("of two quick taps is the first", async () => {
    const one = new answering.Answering(id);
    await Promise.all([one.give("done"), one.give("skip_today")]);
    expect(server.answer).toBe("done");
    expect(one.tooLate).toBe(false);
  });
});

it.each([
  ["gone", says(404, "not_found")],
  ["stranger", says(401, "no_session")],
  ["failed", says(503, "server_error")],
  ["offline", new OfflineError()],
])("says that it is %s", async (trouble, error) => {
  fails = error;
  const one = new answering.Answering(id);
  await one.open();
  expect(one.trouble).toBe(trouble);
});
