import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";

const subscribe = vi.fn();
let resubscribe: typeof import("./resubscribe");
let store: import("../offline/db").Store;

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("registration", { pushManager: { subscribe: subscribe.mockReset() } });
  resubscribe = await import("./resubscribe");
  store = await (await import("../offline/db")).open();
  await store.change("device", "push", () => ({ key: "BKey", sent: "https://push.example/old" }));
});

async function change(detail: object) {
  let done: Promise<unknown> = Promise.resolve();
  const waitUntil = (work: Promise<unknown>) => (done = work);
  resubscribe.onSubscriptionChange({ ...detail, waitUntil } as unknown as Event);
  await done;
}

test("the same key is used again, and the app is left a mark to send the new address", async () => {
  const applicationServerKey = new ArrayBuffer(65);
  await change({ oldSubscription: { options: { applicationServerKey } }, newSubscription: null });
  expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey });
  expect(await store.get("device", "push")).toEqual({ key: "BKey", sent: null });
});

test("a browser that no longer knows the key is told it", async () => {
  await change({});
  expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: "BKey" });
});

test("a browser that subscribed by itself only needs the mark", async () => {
  await change({ newSubscription: {} });
  expect(subscribe).not.toHaveBeenCalled();
  expect(await store.get("device", "push")).toMatchObject({ sent: null });
});

test("where reminders are off, they stay off", async () => {
  await store.change("device", "push", () => undefined);
  await change({});
  expect(subscribe).not.toHaveBeenCalled();
  expect(await store.get("device", "push")).toBeUndefined();
});
