import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import type { Person } from "../../api/types";
import type { Episode, EveningPrompt } from "./types";

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), post: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

const id = "0b1c6d7e-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const delivery = "7d0e5b1c-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const path = `/pain/prompts/${id}`;
const asked_at = "2026-11-26T19:30:00Z";

let prompt: EveningPrompt;
let episode: Partial<Episode> | null;
let online: boolean;
let modules: {
  evening: typeof import("./evening.svelte");
  outbox: typeof import("../../offline/outbox");
  session: typeof import("../../frame/session.svelte").session;
};

/** Who answered first is the server's to say; a score of 0 or 1 after "better" closes. */
function serve(to: string, body: { answer: "better"; clinician?: string; score: number }): unknown {
  if (to.startsWith("/pain/entries") && prompt.answer === "better") {
    prompt = { ...prompt, wants: null, closed: body.score <= 1 };
    episode = body.score <= 1 ? null : episode;
  }
  if (to !== `${path}/answer`) return {};
  const open = prompt.answer === "" || prompt.answer === "not_better";
  if (!open && prompt.answer !== body.answer) {
    throw new ApiError(409, { code: "answered_otherwise" });
  }
  const wants = { better: "score", seen: body.clinician ? null : "who" }[body.answer as string];
  const next = wants === undefined ? "check" : (wants as EveningPrompt["wants"]);
  prompt = { ...prompt, answer: body.answer, answered_at: asked_at, wants: next };
  return prompt;
}

function connected<T>(say: () => T): T {
  if (!online) throw new OfflineError();
  return say();
}

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  online = true;
  prompt = {
    ...{ id, evening: "2026-11-26", asked_at, episode: "e", day: 4 },
    ...{ answer: "", answered_at: null, wants: "answer", closed: false },
  };
  episode = { id: "e", chronic: false, next_prompt_at: "2026-11-29T18:30:00Z" };
  api.get
    .mockReset()
    .mockImplementation(async (to: string) =>
      connected(() => (to === "/today" ? { prompt, episode } : prompt)),
    );
  api.put.mockReset().mockImplementation(async (to, body) => connected(() => serve(to, body)));
  modules = {
    evening: await import("./evening.svelte"),
    outbox: await import("../../offline/outbox"),
    session: (await import("../../frame/session.svelte")).session,
  };
  modules.session.person = { locale: "en" } as Person;
});

afterEach(() => vi.useRealTimers());

function begin(of = id) {
  return new modules.evening.Evening(of);
}

async function opened() {
  const evening = begin();
  await evening.open(null);
  return evening;
}

const calls = () => api.put.mock.calls.map(([to]) => to);
const until = (check: () => void) => vi.waitFor(check, 5_000); // a busy machine takes its time

describe("the question", () => {
  it("can be answered before the server has said anything", () => {
    api.get.mockReturnValue(new Promise(() => undefined));
    const evening = begin();
    void evening.open(null);
    expect(evening.stands).toMatchObject({ answer: "", wants: "answer", day: null });
  });

  it("tells how many days it has been, once that is known", async () => {
    expect((await opened()).stands.day).toBe(4);
  });

  it("tells that the message was opened, also where it had been answered", async () => {
    prompt = { ...prompt, answer: "same", answered_at: asked_at, wants: null };
    await begin().open(delivery);
    expect(calls()).toEqual([`/reminders/deliveries/${delivery}/opened`]);
  });

  it.each(["", "nonsense", "../../me"])("reports no message %j", async (other) => {
    await begin().open(other);
    expect(api.put).not.toHaveBeenCalled();
  });

  it("is known without a network where Today had it", async () => {
    await opened();
    online = false;
    vi.resetModules();
    const later = new (await import("./evening.svelte")).Evening(id);
    const { session } = await import("../../frame/session.svelte");
    session.person = { locale: "en" } as Person;
    await later.open(null);
    expect(later.trouble).toBe("offline");
    expect(later.stands.day).toBe(4);
  });

  it.each([
    [404, "gone"],
    [401, "stranger"],
    [500, "failed"],
  ])("that the server answers with %i is %s", async (status, trouble) => {
    api.get.mockRejectedValue(new ApiError(status, { code: "any" }));
    expect((await opened()).trouble).toBe(trouble);
  });

  it("that is no question's id is gone, and nobody is asked", async () => {
    const evening = begin("../me");
    await evening.open(null);
    expect(evening.trouble).toBe("gone");
    expect(api.get).not.toHaveBeenCalled();
  });

  it("is for somebody else where nobody is known here", async () => {
    modules.session.person = null;
    vi.spyOn(modules.session, "open").mockResolvedValue(undefined);
    expect((await opened()).trouble).toBe("stranger");
  });
});

describe("an answer", () => {
  it.each([
    ["better", "score"],
    ["same", "check"],
    ["worse", "check"],
  ] as const)("%s is sent and goes on to the %s", async (answer, wants) => {
    const evening = await opened();
    expect(await evening.give(answer)).toBe(true);
    await until(() => expect(evening.where).toBe("synced"));
    expect(evening.stands).toMatchObject({ answer, wants });
    expect(prompt.answer).toBe(answer);
  });

  it("is safe on this phone before the network has a say", async () => {
    api.put.mockReturnValue(new Promise(() => undefined));
    const evening = await opened();
    expect(await evening.give("worse")).toBe(true);
    expect(evening.stands).toMatchObject({ answer: "worse", wants: "check" });
    expect(await modules.outbox.pendingWrites("prompt")).toMatchObject([
      { body: { answer: "worse" } },
    ]);
    await until(() => expect(calls()).toEqual([`${path}/answer`]));
  });

  it("waits without a network, and is sent once there is one", async () => {
    const evening = await opened();
    online = false;
    await evening.give("same");
    await until(() => expect(evening.where).toBe("phone"));
    expect(evening.stands).toMatchObject({ answer: "same", wants: "check" });
    const stop = evening.watch();
    online = true;
    await modules.outbox.replay();
    await until(() => expect(evening.where).toBe("synced"));
    expect(prompt.answer).toBe("same");
    stop();
  });

  it("that another device gave first stands, and this one says so", async () => {
    const evening = await opened();
    prompt = { ...prompt, answer: "worse", answered_at: asked_at, wants: "check" };
    await evening.give("better");
    await until(() => expect(evening.tooLate).toBe(true));
    expect(evening.stands).toMatchObject({ answer: "worse", wants: "check" });
    expect(await modules.outbox.pendingWrites()).toEqual([]);
  });

  it("“not better” from the lock screen is made the same or worse", async () => {
    prompt = { ...prompt, answer: "not_better", answered_at: asked_at, wants: "check" };
    const evening = await opened();
    await evening.give("worse");
    await until(() => expect(prompt.answer).toBe("worse"));
    await until(() => expect(evening.stands.answer).toBe("worse"));
    expect(evening.tooLate).toBe(false);
  });

  it("“not better” can be made more precise before either has left the phone", async () => {
    const evening = await opened();
    online = false;
    await evening.give("not_better");
    await until(() => expect(evening.where).toBe("phone"));
    await evening.give("same");
    await until(() => expect(evening.stands.answer).toBe("same"));
    await until(() => expect(evening.where).toBe("phone"));
    online = true;
    await modules.outbox.replay();
    expect(prompt.answer).toBe("same");
  });

  it("says who was seen, and when", async () => {
    const evening = await opened();
    await evening.give("seen", { clinician: "doctor", seen_on: "2026-11-25" });
    await until(() => expect(evening.where).toBe("synced"));
    expect(api.put).toHaveBeenCalledWith(
      `${path}/answer`,
      expect.objectContaining({ answer: "seen", clinician: "doctor", seen_on: "2026-11-25" }),
    );
    expect(evening.stands.wants).toBeNull();
  });

  it("of two quick taps the first counts", async () => {
    const evening = await opened();
    const both = [evening.give("same"), evening.give("worse")];
    expect(await Promise.all(both)).toEqual([true, false]);
    await until(() => expect(prompt.answer).toBe("same"));
  });

  it("that the phone cannot keep is not called given", async () => {
    const evening = await opened();
    const { open } = await import("../../offline/db");
    vi.spyOn(await open(), "change").mockRejectedValue(new Error("QuotaExceededError"));
    expect(await evening.give("same")).toBe(false);
    expect(evening.failed).toBe(true);
    expect(evening.stands.answer).toBe("");
  });

  it("that the server does not take is asked again", async () => {
    api.put.mockRejectedValueOnce(new ApiError(400, { code: "invalid" }));
    const evening = await opened();
    await evening.give("same");
    await until(() => expect(evening.where).toBe("refused"));
    expect(evening.stands.wants).toBe("answer");
    await evening.give("worse");
    await until(() => expect(evening.where).toBe("synced"));
    expect(prompt.answer).toBe("worse");
  });

  it("stays what it was while the server is away after taking it", async () => {
    const evening = await opened();
    api.get.mockRejectedValue(new OfflineError());
    await evening.give("same");
    await until(() => expect(evening.where).toBe("synced"));
    expect(evening.stands).toMatchObject({ answer: "same", wants: "check" });
  });
});

describe("after “better”", () => {
  async function better() {
    const evening = await opened();
    await evening.give("better");
    await until(() => expect(evening.where).toBe("synced"));
    return evening;
  }

  it("a score of 1 ends it", async () => {
    const evening = await better();
    await evening.score(1);
    await until(() => expect(evening.where).toBe("synced"));
    expect(evening.stands).toMatchObject({ closed: true, wants: null });
  });

  it("a score of 2 does not, and it says when it asks again", async () => {
    const evening = await better();
    await evening.score(2);
    await until(() => expect(evening.where).toBe("synced"));
    expect(evening.stands).toMatchObject({ closed: false, wants: null });
    expect(evening.episode?.next_prompt_at).toBe("2026-11-29T18:30:00Z");
  });

  it("a second tap corrects the first score", async () => {
    const evening = await better();
    await evening.score(1);
    await until(() => expect(evening.where).toBe("synced"));
    await evening.score(3);
    await until(() => expect(evening.where).toBe("synced"));
    const sent = api.put.mock.calls.filter(([to]) => to.startsWith("/pain/entries"));
    expect(sent.map(([, { score }]) => score)).toEqual([1, 3]);
    expect(new Set(sent.map(([to]) => to)).size).toBe(1);
  });

  it("the score is not from before the answer", async () => {
    vi.useFakeTimers({ now: Date.parse("2026-11-26T19:40:00Z"), toFake: ["Date"] });
    const evening = await better();
    vi.setSystemTime(Date.parse("2026-11-26T19:41:00Z"));
    await evening.score(1);
    await until(() => expect(evening.where).toBe("synced"));
    const [, entry] = api.put.mock.calls.at(-1) ?? [];
    expect(entry).toEqual({ score: 1, at: "2026-11-26T19:41:00.000Z" });
  });
});

it("closed meanwhile, it asks for nothing", async () => {
  prompt = { ...prompt, closed: true, wants: null };
  expect((await opened()).stands).toMatchObject({ closed: true, wants: null });
});

it("put off, it comes again in an hour", async () => {
  const now = "2026-11-26T19:40:00.000Z";
  vi.useFakeTimers({ now: Date.parse(now), toFake: ["Date"] });
  const evening = await opened();
  await evening.putOff(delivery);
  expect(evening.later?.toISOString()).toBe("2026-11-26T20:40:00.000Z");
  const put = [`/reminders/deliveries/${delivery}/answer`, { answer: "snooze_60", at: now }];
  await until(() => expect(api.put.mock.calls).toEqual([put]));
});
