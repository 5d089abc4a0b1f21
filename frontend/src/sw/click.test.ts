import { beforeEach, expect, test, vi } from "vitest";

const giveAnswer = vi.hoisted(() => vi.fn());
const sendReceipt = vi.hoisted(() => vi.fn());
vi.mock("./answer", () => ({ giveAnswer }));
vi.mock("./receipt", () => ({ sendReceipt }));

import { onNotificationClick, onNotificationClose } from "./click";

const HOME = location.origin;
const openWindow = vi.fn();
const matchAll = vi.fn();
const showNotification = vi.fn();
const walk = { url: `${HOME}/answer/7d0e?kind=walk`, delivery: "7d0e", token: "a:b:c" };

beforeEach(() => {
  openWindow.mockReset().mockResolvedValue(null);
  matchAll.mockReset().mockResolvedValue([]);
  giveAnswer.mockReset().mockResolvedValue(true);
  sendReceipt.mockReset().mockResolvedValue(undefined);
  showNotification.mockReset().mockResolvedValue(undefined);
  vi.stubGlobal("clients", { openWindow, matchAll });
  vi.stubGlobal("registration", { showNotification });
});

function windowAt(path: string, focused = false) {
  const window = { url: HOME + path, focused, focus: vi.fn(), postMessage: vi.fn() };
  window.focus.mockResolvedValue(window);
  return window;
}

async function tap(data: unknown, action = "", shown: object = {}) {
  const close = vi.fn();
  let done: Promise<unknown> = Promise.resolve();
  const waitUntil = (work: Promise<unknown>) => (done = work);
  const notification = { ...shown, close, data };
  onNotificationClick({ notification, action, waitUntil } as unknown as NotificationEvent);
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

test("an action that is an answer is given, and nothing opens", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-23T08:20:00Z"), toFake: ["Date"] });
  const close = await tap(walk, "snooze_60");
  vi.useRealTimers();
  const at = "2026-11-23T08:20:00.000Z";
  expect(giveAnswer).toHaveBeenCalledExactlyOnceWith({
    id: "7d0e",
    answer: "snooze_60",
    at,
    token: "a:b:c",
  });
  expect(openWindow).not.toHaveBeenCalled();
  expect(sendReceipt).not.toHaveBeenCalled();
  expect(close).toHaveBeenCalledOnce();
});

test.each(["better", "not_better", "ready", "not_yet"])(
  "%s is an answer of its own kind",
  async (action) => {
    await tap({ ...walk, kind: "unresolved_pain" }, action);
    expect(giveAnswer).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id: "7d0e", answer: action, token: "a:b:c" }),
    );
    expect(openWindow).not.toHaveBeenCalled();
  },
);

test("where there are no buttons, a tap opens the evening question", async () => {
  const path = "/evening/0b1c?kind=unresolved_pain&delivery=7d0e";
  await tap({ ...walk, url: HOME + path });
  expect(openWindow).toHaveBeenCalledExactlyOnceWith(path);
  expect(giveAnswer).not.toHaveBeenCalled();
});

test.each(["", "open"])("a tap (action %j) opens the app and says so", async (action) => {
  await tap(walk, action);
  expect(openWindow).toHaveBeenCalledExactlyOnceWith("/answer/7d0e?kind=walk");
  expect(sendReceipt).toHaveBeenCalledExactlyOnceWith(walk, "opened");
  expect(giveAnswer).not.toHaveBeenCalled();
});

test("the window does not wait for the receipt: a browser opens one only right after a tap", () => {
  sendReceipt.mockReturnValue(new Promise(() => undefined));
  void tap(walk);
  return vi.waitFor(() => expect(openWindow).toHaveBeenCalledOnce());
});

test("an answer to nothing that we know opens the app instead", async () => {
  await tap({ url: "/diary" }, "done");
  expect(openWindow).toHaveBeenCalledWith("/diary");
  expect(giveAnswer).not.toHaveBeenCalled();
});

test("an answer that could be neither sent nor kept brings its notification back", async () => {
  giveAnswer.mockResolvedValue(false);
  const actions = [{ action: "done", title: "Done" }];
  await tap(walk, "done", { title: "Backstep", body: "Time for your walk", tag: "one", actions });
  expect(showNotification).toHaveBeenCalledExactlyOnceWith(
    "Backstep",
    expect.objectContaining({ body: "Time for your walk", tag: "one", data: walk, actions }),
  );
});

test("one that came back and was then put away is reported", async () => {
  giveAnswer.mockResolvedValue(false);
  await tap(walk, "done", { tag: "two" });
  close("two");
  expect(sendReceipt).toHaveBeenCalledExactlyOnceWith(walk, "dismissed");
});

test("an answer that is safe brings nothing back", async () => {
  await tap(walk, "done");
  expect(showNotification).not.toHaveBeenCalled();
});

function close(tag: string) {
  const notification = { tag, data: walk };
  onNotificationClose({ notification, waitUntil: vi.fn() } as unknown as NotificationEvent);
}

test("a notification that was put away is reported", () => {
  close("three");
  expect(sendReceipt).toHaveBeenCalledExactlyOnceWith(walk, "dismissed");
});

test("one that was answered, and closed for it, was not put away", async () => {
  await tap(walk, "done", { tag: "one" });
  close("one");
  expect(sendReceipt).not.toHaveBeenCalled();
});
