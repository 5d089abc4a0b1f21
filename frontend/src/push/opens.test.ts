import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refreshAtOpens } from "./opens";
import { refresh } from "./subscription";

vi.mock("./subscription", () => ({ refresh: vi.fn().mockResolvedValue("on") }));

const HOUR = 3_600_000;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(refresh).mockClear();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function comesIntoView(state: DocumentVisibilityState = "visible") {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

test("the address is sent when the app is opened", () => {
  stop = refreshAtOpens();
  expect(refresh).toHaveBeenCalledOnce();
});

test("an app that comes back after hours sends it again, once", () => {
  stop = refreshAtOpens();
  vi.advanceTimersByTime(6 * HOUR);
  comesIntoView();
  comesIntoView();
  expect(refresh).toHaveBeenCalledTimes(2);
});

test("a short look away, or going out of view, costs nothing", () => {
  stop = refreshAtOpens();
  vi.advanceTimersByTime(5 * HOUR);
  comesIntoView();
  vi.advanceTimersByTime(5 * HOUR);
  comesIntoView("hidden");
  expect(refresh).toHaveBeenCalledOnce();
});
