import { beforeEach, expect, test, vi } from "vitest";
import { onNotificationClick } from "./click";

const HOME = location.origin;
const openWindow = vi.fn();
const matchAll = vi.fn();

beforeEach(() => {
  openWindow.mockReset().mockResolvedValue(null);
  matchAll.mockReset().mockResolvedValue([]);
  vi.stubGlobal("clients", { openWindow, matchAll });
});

function windowAt(path: string, focused = false) {
  const window = { url: HOME + path, focused, focus: vi.fn(), postMessage: vi.fn() };
  window.focus.mockResolvedValue(window);
  return window;
}

async function tap(data: unknown) {
  const close = vi.fn();
  let done: Promise<unknown> = Promise.resolve();
  const waitUntil = (work: Promise<unknown>) => (done = work);
  onNotificationClick({ notification: { close, data }, waitUntil } as unknown as NotificationEvent);
  await done;
  return close;
}

test("with the app closed, it opens where the notification points", async () => {
  const close = await tap({ url: `${HOME}/?from=walk` });
  expect(openWindow).toHaveBeenCalledWith("/?from=walk");
  expect(close).toHaveBeenCalledOnce();
});

test("an open app comes to the front and goes there itself", async () => {
  const diary = windowAt("/diary");
  matchAll.mockResolvedValue([diary]);
  await tap({ url: `${HOME}/you/reminders` });
  expect(diary.focus).toHaveBeenCalledOnce();
  expect(diary.postMessage).toHaveBeenCalledWith({ type: "navigate", url: "/you/reminders" });
  expect(openWindow).not.toHaveBeenCalled();
});

test("windows from before the worker count too", async () => {
  await tap({ url: "/" });
  expect(matchAll).toHaveBeenCalledWith({ type: "window", includeUncontrolled: true });
});

test("of several windows the one in use is taken", async () => {
  const [hidden, used] = [windowAt("/"), windowAt("/diary", true)];
  matchAll.mockResolvedValue([hidden, used]);
  await tap({ url: "/" });
  expect(used.postMessage).toHaveBeenCalledOnce();
  expect(hidden.postMessage).not.toHaveBeenCalled();
});

test("a tab that shows the API is not the app", async () => {
  const schema = windowAt("/api/v1/schema");
  matchAll.mockResolvedValue([schema]);
  await tap({ url: "/diary" });
  expect(schema.focus).not.toHaveBeenCalled();
  expect(openWindow).toHaveBeenCalledWith("/diary");
});

test("a window that cannot be brought to the front is replaced by a new one", async () => {
  const closing = windowAt("/");
  closing.focus.mockRejectedValue(new TypeError("gone"));
  matchAll.mockResolvedValue([closing]);
  await tap({ url: "/diary" });
  expect(openWindow).toHaveBeenCalledWith("/diary");
});

test.each([
  [{ url: "https://evil.example/" }],
  [{ url: "//evil.example/" }],
  [{ url: "javascript:alert(1)" }],
  [{ url: `${HOME}//evil.example/` }],
  [{}],
  [null],
])("%j opens Today and nothing else", async (data) => {
  await tap(data);
  expect(openWindow).toHaveBeenCalledExactlyOnceWith("/");
});
