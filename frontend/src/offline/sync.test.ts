import { afterEach, beforeEach, expect, test, vi } from "vitest";

const outbox = vi.hoisted(() => ({
  replay: vi.fn(),
  changed: undefined as (() => void) | undefined,
}));
vi.mock("./outbox", () => ({
  replay: outbox.replay,
  onChange: (listener: () => void) => {
    outbox.changed = listener;
    return () => (outbox.changed = undefined);
  },
}));

import { startSync } from "./sync";

let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  outbox.replay.mockReset().mockResolvedValue({});
  stop = startSync();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

test("it tries at the start, when the network is back and when the app comes into view", () => {
  expect(outbox.replay).toHaveBeenCalledTimes(1);
  dispatchEvent(new Event("online"));
  expect(outbox.replay).toHaveBeenCalledTimes(2);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(outbox.replay).toHaveBeenCalledTimes(3);
});

test("it tries again every minute, but not while the app is out of sight", () => {
  vi.advanceTimersByTime(60_000);
  expect(outbox.replay).toHaveBeenCalledTimes(2);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  vi.advanceTimersByTime(600_000);
  expect(outbox.replay).toHaveBeenCalledTimes(2);
});

test("several changes in a row become one try", () => {
  outbox.changed?.();
  outbox.changed?.();
  vi.advanceTimersByTime(1_000);
  expect(outbox.replay).toHaveBeenCalledTimes(2);
});

test("stopped, it is quiet", () => {
  outbox.changed?.();
  stop();
  dispatchEvent(new Event("online"));
  vi.advanceTimersByTime(600_000);
  expect(outbox.replay).toHaveBeenCalledTimes(1);
  expect(outbox.changed).toBeUndefined();
});
