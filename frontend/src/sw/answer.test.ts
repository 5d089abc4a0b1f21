import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { answerLetter, type AnswerLetter } from "../shared/letter";

const at = "2026-11-23T08:20:00.000Z";
const walked = { id: "7d0e", answer: "done", at, token: "a:b:c" };
const server = vi.fn<(path: string, init: RequestInit) => Response>();
const register = vi.fn();
let worker: typeof import("./answer");
let store: import("../offline/db").Store;

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("registration", { sync: { register: register.mockReset() } });
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => server(path, init));
  server.mockReset().mockImplementation(() => says(200));
  worker = await import("./answer");
  store = await (await import("../offline/db")).open();
});

function says(status: number, body: object = {}): Response {
  return new Response(JSON.stringify(body), { status });
}

/** Answers by path; what is not named is a network that fails. */
function serves(answers: Record<string, () => Response>): void {
  server.mockImplementation((path) => {
    const found = Object.entries(answers).find(([end]) => path.endsWith(end));
    if (!found) throw new TypeError("no network");
    return found[1]();
  });
}

function calls(): string[] {
  return server.mock.calls.map(([path, { method }]) => `${method} ${path.replace("/api/v1", "")}`);
}

const kept = () => store.all<AnswerLetter>("outbox");
const signedIn = () => says(200, { person: {}, csrf_token: "csrf" });
const BY_TOKEN = "POST /reminders/answers";
const IN_SESSION = "PUT /reminders/deliveries/7d0e/answer";

describe("an answer given on the lock screen", () => {
  test("goes out by its token, with the time of the tap and without a cookie", async () => {
    expect(await worker.giveAnswer(walked)).toBe(true);
    expect(calls()).toEqual([BY_TOKEN]);
    const [, init] = server.mock.calls[0] ?? [];
    expect(JSON.parse(String(init?.body))).toEqual({ token: "a:b:c", answer: "done", at });
    expect(init?.credentials).toBe("omit");
    expect(await kept()).toEqual([]);
  });

  test("is on this phone before anything is sent", async () => {
    const seen: number[] = [];
    vi.stubGlobal("fetch", async () => {
      seen.push((await kept()).length);
      return says(200);
    });
    await worker.giveAnswer(walked);
    expect(seen).toEqual([1]);
  });

  test.each([403, 401, 404, 400])(
    "that the token cannot carry (%i) is sent again under the session",
    async (status) => {
      serves({
        "/reminders/answers": () => says(status, { code: "token_expired" }),
        "/session": signedIn,
        "/7d0e/answer": () => says(200),
      });
      await worker.giveAnswer(walked);
      expect(calls()).toEqual([BY_TOKEN, "GET /session", IN_SESSION]);
      const [, init] = server.mock.calls[2] ?? [];
      expect(new Headers(init?.headers).get("X-CSRFToken")).toBe("csrf");
      expect(JSON.parse(String(init?.body))).toEqual({ answer: "done", at });
      expect(await kept()).toEqual([]);
    },
  );

  test.each(["better", "not_better", "ready", "not_yet"])(
    "goes out as it was named by its kind: %s",
    async (answer) => {
      await worker.giveAnswer({ ...walked, answer });
      const [, init] = server.mock.calls[0] ?? [];
      expect(JSON.parse(String(init?.body))).toMatchObject({ answer });
    },
  );

  test("goes under the session where the push brought no token", async () => {
    serves({ "/session": signedIn, "/7d0e/answer": () => says(200) });
    await worker.giveAnswer({ id: "7d0e", answer: "done", at });
    expect(calls()).toEqual(["GET /session", IN_SESSION]);
  });

  test.each([
    ["by token", { "/reminders/answers": () => says(409) }],
    [
      "under the session",
      {
        "/reminders/answers": () => says(403),
        "/session": signedIn,
        "/7d0e/answer": () => says(409),
      },
    ],
  ])("is let go where another one came first (%s)", async (_name, answers) => {
    serves(answers);
    expect(await worker.giveAnswer(walked)).toBe(true);
    expect(await kept()).toEqual([]);
  });

  test("is let go where the reminder was erased", async () => {
    serves({
      "/reminders/answers": () => says(403),
      "/session": signedIn,
      "/7d0e/answer": () => says(404),
    });
    await worker.giveAnswer(walked);
    expect(await kept()).toEqual([]);
  });

  test("stays in sight where the server will never take it", async () => {
    serves({
      "/reminders/answers": () => says(400),
      "/session": signedIn,
      "/7d0e/answer": () => says(400),
    });
    await worker.giveAnswer(walked);
    expect(await kept()).toMatchObject([{ id: "7d0e", refused: true }]);
  });
});

describe("an answer that does not get through", () => {
  test.each<[string, Record<string, () => Response>]>([
    ["without a network", {}],
    ["from a server in trouble", { "/reminders/answers": () => says(503) }],
    ["from a server that wants quiet", { "/reminders/answers": () => says(429) }],
    ["behind a hotel's login page", { "/reminders/answers": () => new Response("<html>") }],
    ["after the session's end", { "/answers": () => says(403), "/session": () => says(200) }],
    [
      "with a session that turned meanwhile",
      { "/answers": () => says(403), "/session": signedIn, "/7d0e/answer": () => says(403) },
    ],
  ])("%s waits on this phone, and the browser is asked to wake us", async (_name, answers) => {
    serves(answers);
    expect(await worker.giveAnswer(walked)).toBe(true);
    expect(await kept()).toMatchObject([{ ...walked, wish: "answer" }]);
    expect(register).toHaveBeenCalledExactlyOnceWith("backstep.answers");
  });

  test("waits where the browser has no Background Sync, or forbids it", async () => {
    serves({});
    vi.stubGlobal("registration", {});
    expect(await worker.giveAnswer(walked)).toBe(true);
    register.mockRejectedValue(new DOMException("", "NotAllowedError"));
    vi.stubGlobal("registration", { sync: { register } });
    expect(await worker.giveAnswer(walked)).toBe(true);
    expect(await kept()).toHaveLength(1);
  });

  test("is not replaced by a second one: the first stands", async () => {
    serves({});
    await worker.giveAnswer(walked);
    await worker.giveAnswer({ ...walked, answer: "snooze_60" });
    expect(await kept()).toMatchObject([{ answer: "done" }]);
  });

  test("is not called safe where this phone keeps nothing", async () => {
    serves({});
    vi.spyOn(store, "change").mockRejectedValue(new DOMException("", "QuotaExceededError"));
    expect(await worker.giveAnswer(walked)).toBe(false);
  });
});

describe("once there is a network", () => {
  async function wait(...ids: string[]) {
    for (const [i, id] of ids.entries()) {
      await store.change("outbox", id, () => answerLetter({ ...walked, id }, i));
    }
  }

  /** Fires as the browser does; resolves, or rejects, with what the worker waited for. */
  function sync(tag: string): Promise<unknown> {
    let done: Promise<unknown> = Promise.resolve("nothing");
    const waitUntil = (work: Promise<unknown>) => (done = work);
    worker.onSync({ tag, waitUntil } as unknown as Event);
    return done;
  }

  test("what waits is sent in its order", async () => {
    await wait("b", "a");
    await sync("backstep.answers");
    expect(server.mock.calls).toHaveLength(2);
    expect(await kept()).toEqual([]);
  });

  test("and if it is still not there, the browser is told to try again", async () => {
    await wait("a", "b");
    serves({});
    await expect(sync("backstep.answers")).rejects.toThrow();
    expect(server.mock.calls).toHaveLength(1);
    expect(await kept()).toHaveLength(2);
  });

  test("scores in the same outbox are left to the app", async () => {
    const score = { id: "e", wish: "put", entry: { id: "e", score: 4, at }, stamp: 1 };
    await store.change("outbox", "e", () => score);
    await sync("backstep.answers");
    expect(server).not.toHaveBeenCalled();
    expect(await kept()).toEqual([score]);
  });

  test("other writes in the same outbox are left to the app, and keep nothing back", async () => {
    const waits = { maybeKnown: false, reason: null, refused: true, stamp: 0 };
    const write = {
      ...{ id: "p", wish: "write", method: "PUT", path: "/pain/prompts/p/answer" },
      ...{ body: { answer: "same" }, about: "prompt", first: true, ...waits },
    };
    await store.change("outbox", "p", () => write);
    await wait("a");
    await sync("backstep.answers");
    expect(calls()).toEqual([BY_TOKEN]);
    expect(await kept()).toEqual([write]);
  });

  test("somebody else's sync is none of ours", async () => {
    await wait("a");
    expect(await sync("other")).toBe("nothing");
    expect(server).not.toHaveBeenCalled();
  });
});

test("open windows hear of it", async () => {
  const heard = new Promise((resolve) => {
    const channel = new BroadcastChannel("backstep.outbox");
    channel.onmessage = ({ data }) => {
      channel.close();
      resolve(data);
    };
  });
  await worker.giveAnswer(walked);
  expect(await heard).toBe("answer");
});
