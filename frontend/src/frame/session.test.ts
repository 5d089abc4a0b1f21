import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Person } from "../api/types";

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

const alice: Person = {
  id: "alice",
  time_zone: timeZone,
  locale: "en",
  country: "GB",
  consent_at: "2026-11-01T10:00:00Z",
  quiet_hours: null,
  daily_cap: 6,
  lock_screen_details: false,
  evening_check_at: "19:30",
  day_ends_at: 0,
};

/** A fresh app on a phone that remembers `cached`. */
async function open(cached: Record<string, unknown> = {}) {
  vi.resetModules();
  const cache = new Map(Object.entries(cached));
  vi.doMock("../offline/cache", () => ({
    remember: async (key: string, value: unknown) => void cache.set(key, value),
    recall: async (key: string) => cache.get(key),
  }));
  const replay = vi.fn(async () => undefined);
  vi.doMock("../offline/outbox", () => ({ replay }));
  const { api, OfflineError } = await import("../api/client");
  const { session } = await import("./session.svelte");
  const calls = {
    get: vi.spyOn(api, "get"),
    post: vi.spyOn(api, "post").mockResolvedValue({ person: alice, csrf_token: "t" }),
    patch: vi.spyOn(api, "patch").mockImplementation(async (_, fields) => ({
      ...alice,
      ...(fields as Partial<Person>),
    })),
  };
  const nobody = { person: null, csrf_token: "" };
  return { session, cache, replay, calls, nobody, offline: new OfflineError("no answer") };
}

beforeEach(() => vi.unstubAllGlobals());

describe("opening the app", () => {
  it("writes nothing to the server for somebody new", async () => {
    const { session, calls, nobody } = await open();
    calls.get.mockResolvedValue(nobody);
    await session.open();
    expect(session.person).toBeNull();
    expect(session.consented).toBe(false);
    expect(calls.post).not.toHaveBeenCalled();
  });

  it("knows the person again, once however many screens ask", async () => {
    const { session, calls } = await open();
    calls.get.mockResolvedValue({ person: alice, csrf_token: "t" });
    await Promise.all([session.open(), session.open()]);
    expect(session.person?.id).toBe("alice");
    expect(calls.get).toHaveBeenCalledOnce();
    expect(calls.patch).not.toHaveBeenCalled();
  });

  it("tells the server when the person has travelled", async () => {
    const { session, calls } = await open();
    const away = { ...alice, time_zone: "Pacific/Auckland" };
    calls.get.mockResolvedValue({ person: away, csrf_token: "t" });
    await session.open();
    expect(calls.patch).toHaveBeenCalledWith("/me", { time_zone: timeZone, locale: "en" });
  });

  it("goes on with what this phone knows when there is no network", async () => {
    const { session, calls, offline } = await open({ person: alice });
    calls.get.mockRejectedValue(offline);
    await session.open();
    expect(session.person?.id).toBe("alice");
    expect(session.consented).toBe(true);
  });

  it("forgets a person whom the server no longer knows", async () => {
    const { session, cache, calls, nobody } = await open({ person: alice });
    calls.get.mockResolvedValue(nobody);
    await session.open();
    expect(session.person).toBeNull();
    expect(cache.get("person")).toBeNull();
  });
});

describe("agreeing", () => {
  it("starts the account with consent", async () => {
    const { session, calls } = await open();
    await session.agree();
    expect(calls.post.mock.calls[0]?.[1]).toMatchObject({ consent: true, time_zone: timeZone });
    expect(session.consented).toBe(true);
  });

  it("without a network is remembered, and told when the network is back", async () => {
    const { session, cache, replay, calls, offline } = await open();
    calls.post.mockRejectedValueOnce(offline);
    const stop = session.watch();
    await session.agree();
    expect(session.consented).toBe(true);
    expect(cache.get("agreed")).toBe(true);
    dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(replay).toHaveBeenCalledOnce());
    expect(session.person?.id).toBe("alice");
    expect(cache.get("agreed")).toBe(false);
    stop();
  });

  it("without a network is told at the next open", async () => {
    const { session, replay, calls, nobody } = await open({ agreed: true });
    calls.get.mockResolvedValue(nobody);
    await session.open();
    expect(calls.post).toHaveBeenCalledOnce();
    expect(replay).toHaveBeenCalledOnce();
  });
});
