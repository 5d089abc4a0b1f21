import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, ApiError, OfflineError } from "../../api/client";
import { session } from "../../frame/session.svelte";
import * as support from "../../push/support";
import * as subscription from "../../push/subscription";
import { ThisDevice } from "./device.svelte";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(subscription, "deviceId").mockResolvedValue("device-1");
  vi.spyOn(session, "reopen").mockResolvedValue();
  vi.spyOn(subscription, "hasStopped").mockResolvedValue(false);
  vi.spyOn(support, "currentState").mockResolvedValue("allowed_on");
  vi.spyOn(api, "post").mockResolvedValue({ id: "d1", state: "pending" });
  return () => vi.useRealTimers();
});

async function testAnswering(...states: [state: string, reason?: string][]) {
  const get = vi.spyOn(api, "get");
  for (const [state, reason = ""] of states) get.mockResolvedValueOnce({ state, reason });
  get.mockResolvedValue({ state: "pending", reason: "" });
  const device = new ThisDevice();
  const done = device.sendTest();
  await vi.advanceTimersByTimeAsync(30_000);
  await done;
  return device.test.word;
}

describe("a test message", () => {
  it("is asked about until it has been sent", async () => {
    expect(await testAnswering(["pending"], ["pending"], ["sent"])).toBe("sent");
    expect(api.post).toHaveBeenCalledWith("/push/test", { device: "device-1" });
    expect(api.get).toHaveBeenCalledWith("/reminders/deliveries/d1");
  });

  it.each([
    ["failed", "gone", "gone"],
    ["skipped", "no_device", "gone"],
    ["failed", "refused", "refused"],
    ["failed", "unreachable", "unreachable"],
    ["failed", "broken", "failed"],
    ["skipped", "stale", "skipped"],
  ])("that is %s (%s) is called %s", async (state, reason, word) => {
    expect(await testAnswering([state, reason])).toBe(word);
  });

  it("that no worker takes is called slow", async () => {
    expect(await testAnswering()).toBe("slow");
  });

  it.each([
    [new OfflineError("no answer"), "offline"],
    [new ApiError(409, { code: "no_device" }), "gone"],
    [new ApiError(429, { code: "rate_limited" }), "limited"],
    [new ApiError(500, {}), "failed"],
  ])("that the server will not send says why: %s", async (error, word) => {
    vi.mocked(api.post).mockRejectedValue(error);
    expect(await testAnswering()).toBe(word);
  });
});

describe("a device that has stopped", () => {
  it("is told from one where reminders were never on", async () => {
    vi.mocked(support.currentState).mockResolvedValue("allowed_off");
    const device = new ThisDevice();
    await device.look();
    expect(device.panel).toBe("allowed_off");
    vi.mocked(subscription.hasStopped).mockResolvedValue(true);
    await device.look();
    expect(device.panel).toBe("stopped");
  });

  it("is not offered a button for what only its settings can undo", async () => {
    vi.mocked(subscription.hasStopped).mockResolvedValue(true);
    vi.mocked(support.currentState).mockResolvedValue("blocked");
    const device = new ThisDevice();
    await device.look();
    expect(device.panel).toBe("blocked");
  });

  it.each([
    ["on", true],
    ["failed", false],
  ] as const)("says whether the one button helped: %s", async (answer, helped) => {
    vi.spyOn(subscription, "mend").mockResolvedValue(answer);
    expect(await new ThisDevice().mend()).toBe(helped);
  });
});

describe("allowing reminders", () => {
  it("looks again at what the browser says now", async () => {
    vi.spyOn(subscription, "enable").mockResolvedValue("on");
    const device = new ThisDevice();
    await device.allow();
    expect(device.panel).toBe("allowed_on");
  });

  it.each(["failed", "refused", "offline"] as const)("that comes to %s says so", async (answer) => {
    vi.spyOn(subscription, "enable").mockResolvedValue(answer);
    const device = new ThisDevice();
    await device.allow();
    expect(device.panel).toBe(answer);
    expect(device.busy).toBe(false);
  });
});
