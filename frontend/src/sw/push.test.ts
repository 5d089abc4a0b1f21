import { beforeEach, describe, expect, test, vi } from "vitest";

const sendReceipt = vi.hoisted(() => vi.fn());
const sendWaiting = vi.hoisted(() => vi.fn());
vi.mock("./receipt", () => ({ sendReceipt }));
vi.mock("./answer", () => ({ sendWaiting }));

import type { PushAction } from "../shared/payload";
import { onPush } from "./push";

const showNotification = vi.fn();

beforeEach(() => {
  sendReceipt.mockReset().mockResolvedValue(undefined);
  sendWaiting.mockReset().mockResolvedValue(true);
  vi.stubGlobal("Notification", { maxActions: 2 });
  showNotification.mockReset().mockResolvedValue(undefined);
  vi.stubGlobal("registration", { showNotification });
});

/** Delivers a push as a browser does, and waits for what the worker asked it to wait for. */
async function push(data: unknown): Promise<boolean> {
  const waits: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => waits.push(work);
  onPush({ data, waitUntil } as unknown as PushEvent);
  await Promise.all(waits);
  return waits.length > 0;
}

const says = (text: string) => ({ text: () => text });

test("a reminder is shown as the server worded it, and carries where its tap leads", async () => {
  await push(
    says(
      JSON.stringify({
        web_push: 8030,
        notification: {
          title: "Backstep",
          body: "Time for your walk",
          navigate: "https://back.example.org/?from=walk",
          tag: "3f1c",
          lang: "en",
          data: { delivery: "7d0e", kind: "walk", token: "a:b:c" },
          actions: [{ action: "done", title: "Done", navigate: "https://back.example.org/" }],
        },
      }),
    ),
  );
  expect(showNotification).toHaveBeenCalledExactlyOnceWith("Backstep", {
    body: "Time for your walk",
    tag: "3f1c",
    lang: "en",
    dir: "auto",
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: {
      delivery: "7d0e",
      kind: "walk",
      token: "a:b:c",
      url: "https://back.example.org/?from=walk",
    },
    actions: [{ action: "done", title: "Done" }],
  });
});

describe("every push is shown, and the browser is asked to wait for it", () => {
  const unreadable = {
    text() {
      throw new TypeError("unreadable");
    },
  };
  test.each([
    ["no data", null],
    ["an empty text", says("")],
    ["no JSON", says("<html>")],
    ["data that cannot be read", unreadable],
  ])("%s", async (_name, data) => {
    expect(await push(data)).toBe(true);
    expect(showNotification).toHaveBeenCalledOnce();
  });
});

test("a browser that stumbles over an option still shows the words", async () => {
  showNotification.mockRejectedValueOnce(new TypeError("no such option"));
  await push(says('{"notification":{"title":"Time for your walk"}}'));
  expect(showNotification).toHaveBeenLastCalledWith("Time for your walk");
});

const TWO = JSON.stringify({
  notification: {
    title: "Time for your walk",
    data: { token: "a:b:c" },
    actions: [
      { action: "done", title: "Done" },
      { action: "snooze_15", title: "In 15 minutes" },
    ],
  },
});

test.each([
  ["two", { maxActions: 2 }, ["done", "snooze_15"]],
  ["more than we send", { maxActions: 8 }, ["done", "snooze_15"]],
  ["one", { maxActions: 1 }, ["done"]],
  ["none", { maxActions: 0 }, []],
  ["nobody knows how many", {}, []],
  ["none, having no notifications of its own", undefined, []],
])("a browser that shows %s gets no more buttons than that", async (_name, has, shown) => {
  vi.stubGlobal("Notification", has);
  await push(says(TWO));
  const [, options] = showNotification.mock.calls[0] as [string, { actions: PushAction[] }];
  expect(options.actions.map(({ action }) => action)).toEqual(shown);
});

test("once it is shown, the server is told, and what waits on this phone goes along", async () => {
  sendReceipt.mockImplementation(async () => expect(showNotification).toHaveBeenCalledOnce());
  sendWaiting.mockImplementation(async () => expect(showNotification).toHaveBeenCalledOnce());
  await push(says(TWO));
  expect(sendReceipt).toHaveBeenCalledExactlyOnceWith({ token: "a:b:c" }, "shown");
  expect(sendWaiting).toHaveBeenCalledOnce();
});

test("trouble with either changes nothing about what is shown", async () => {
  sendReceipt.mockRejectedValue(new Error("a bug"));
  sendWaiting.mockRejectedValue(new Error("a bug"));
  await push(says(TWO));
  expect(showNotification).toHaveBeenCalledOnce();
});

test("what was not shown is not reported as shown", async () => {
  showNotification.mockRejectedValue(new TypeError("not allowed"));
  await expect(push(says(TWO))).rejects.toThrow();
  expect(sendReceipt).not.toHaveBeenCalled();
});
