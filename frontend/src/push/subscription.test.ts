import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, OfflineError } from "../api/errors";

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), post: vi.fn(), delete: vi.fn() }));
vi.mock("../api/client", () => ({ ApiError, OfflineError, api }));

const KEY = "BAECAw";
const OTHER_KEY = "BAECBA";

/** A browser with one push service, which gives a new address to each subscription. */
class Browser {
  permission: NotificationPermission = "default";
  answer: NotificationPermission = "granted";
  current: FakeSubscription | null = null;
  made = 0;
  subscribe = vi.fn((wish: { applicationServerKey: Uint8Array<ArrayBuffer> }) => {
    this.current = new FakeSubscription(this, `https://push.example/${++this.made}`, wish);
    return Promise.resolve(this.current);
  });
  requestPermission = vi.fn(() => Promise.resolve((this.permission = this.answer)));
}

class FakeSubscription {
  readonly options: { applicationServerKey: ArrayBuffer };
  readonly browser: Browser;
  readonly endpoint: string;
  constructor(
    browser: Browser,
    endpoint: string,
    wish: { applicationServerKey: Uint8Array<ArrayBuffer> },
  ) {
    this.browser = browser;
    this.endpoint = endpoint;
    this.options = { applicationServerKey: wish.applicationServerKey.buffer };
  }
  unsubscribe() {
    this.browser.current = null;
    return Promise.resolve(true);
  }
  toJSON() {
    return { endpoint: this.endpoint };
  }
}

let browser: Browser;
let push: typeof import("./subscription");
let device: typeof import("./device");
let server: { key: string; state: string };

beforeEach(async () => {
  vi.useRealTimers();
  browser = new Browser();
  const registration = {
    pushManager: {
      subscribe: browser.subscribe,
      getSubscription: () => Promise.resolve(browser.current),
    },
  };
  const worker = {
    ready: Promise.resolve(registration),
    getRegistration: () => Promise.resolve(registration),
  };
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("navigator", { serviceWorker: worker });
  vi.stubGlobal("Notification", {
    get permission() {
      return browser.permission;
    },
    requestPermission: browser.requestPermission,
  });
  server = { key: KEY, state: "active" };
  api.get.mockReset().mockImplementation(async (path: string) => {
    if (path === "/push/key") return { public_key: server.key };
    return { results: [{ id: await push.deviceId(), state: server.state }] };
  });
  for (const method of [api.put, api.post, api.delete]) method.mockReset().mockResolvedValue({});
  vi.resetModules();
  push = await import("./subscription");
  device = await import("./device");
});

const says = (status: number, code: string) => new ApiError(status, { code });

describe("turning reminders on", () => {
  test("the browser asks within the tap itself, before anything else happens", () => {
    void push.enable();
    expect(browser.requestPermission).toHaveBeenCalledOnce();
  });

  test("the browser subscribes with the server's key and the server gets the address", async () => {
    expect(await push.enable()).toBe("on");
    expect(browser.subscribe).toHaveBeenCalledWith({
      userVisibleOnly: true,
      applicationServerKey: new Uint8Array([4, 1, 2, 3]),
    });
    expect(api.put).toHaveBeenCalledWith(`/push/subscriptions/${await push.deviceId()}`, {
      endpoint: "https://push.example/1",
    });
    expect(await device.isOnHere()).toBe(true);
  });

  test.each([
    ["denied", "blocked"],
    ["default", "dismissed"],
  ] as const)("an answer of %s is %s, and nothing is sent", async (answer, result) => {
    browser.answer = answer;
    expect(await push.enable()).toBe(result);
    expect(api.get).not.toHaveBeenCalled();
    expect(await device.isOnHere()).toBe(false);
  });

  test.each([
    [new OfflineError(), "offline"],
    [says(400, "push_endpoint_refused"), "refused"],
    [says(500, "server_error"), "failed"],
  ])("a server that does not take it: %s", async (error, result) => {
    api.put.mockRejectedValue(error);
    expect(await push.enable()).toBe(result);
    expect(await device.isOnHere()).toBe(false);
  });

  test("a push service that never answers does not keep the person waiting", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    browser.subscribe.mockReturnValue(new Promise<never>(() => undefined));
    const answer = push.enable();
    await vi.waitFor(() => expect(browser.subscribe).toHaveBeenCalled());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await answer).toBe("failed");
  });

  test("someone without a session gets one first", async () => {
    api.put.mockRejectedValueOnce(says(401, "no_session"));
    expect(await push.enable()).toBe("on");
    expect(api.post).toHaveBeenCalledWith(
      "/session",
      expect.objectContaining({ time_zone: expect.any(String) as string }),
    );
    expect(api.put).toHaveBeenCalledTimes(2);
  });

  test("an id that is someone else's by now is given up for a new one", async () => {
    const before = await push.deviceId();
    api.put.mockRejectedValueOnce(says(404, "not_found"));
    expect(await push.enable()).toBe("on");
    const after = await push.deviceId();
    expect(after).not.toBe(before);
    expect(api.put).toHaveBeenLastCalledWith(`/push/subscriptions/${after}`, expect.anything());
  });
});

describe("at each open", () => {
  test("a device that never asked for reminders is left alone", async () => {
    browser.permission = "granted";
    expect(await push.refresh()).toBe("off");
    expect(api.get).not.toHaveBeenCalled();
  });

  test("the address is sent again, under the same id", async () => {
    await push.enable();
    expect(await push.refresh()).toBe("on");
    expect(browser.subscribe).toHaveBeenCalledTimes(1);
    expect(api.put.mock.calls[1]).toEqual(api.put.mock.calls[0]);
  });

  test("a subscription that the browser dropped is made again", async () => {
    await push.enable();
    browser.current = null;
    expect(await device.isOnHere()).toBe(false);
    expect(await push.refresh()).toBe("on");
    expect(api.put.mock.lastCall?.[1]).toEqual({ endpoint: "https://push.example/2" });
    expect(await device.isOnHere()).toBe(true);
  });

  test("a server with a new key gets a subscription made for it", async () => {
    await push.enable();
    server.key = OTHER_KEY;
    const old = vi.spyOn(browser.current as FakeSubscription, "unsubscribe");
    expect(await push.refresh()).toBe("on");
    expect(old).toHaveBeenCalledOnce();
    expect(api.put.mock.lastCall?.[1]).toEqual({ endpoint: "https://push.example/2" });
  });

  test("what failed while turning on is tried again", async () => {
    api.put.mockRejectedValueOnce(new OfflineError());
    await push.enable();
    expect(await push.refresh()).toBe("on");
  });

  test("a permission that was taken back is not argued with", async () => {
    await push.enable();
    browser.permission = "denied";
    expect(await push.refresh()).toBe("off");
  });

  test("without a network it stays as it is", async () => {
    await push.enable();
    api.get.mockRejectedValue(new OfflineError());
    expect(await push.refresh()).toBe("offline");
    expect(await device.isOnHere()).toBe(true);
  });
});

describe("a device that has stopped", () => {
  test.each(["quarantined", "retired"])("is not hidden by an open: %s", async (state) => {
    await push.enable();
    server.state = state;
    expect(await push.refresh()).toBe("stopped");
    expect(api.put).toHaveBeenCalledTimes(1);
    expect(await push.hasStopped()).toBe(true);
  });

  test("is mended by one tap, with a new address", async () => {
    await push.enable();
    server.state = "retired";
    expect(await push.mend()).toBe("on");
    expect(api.put.mock.lastCall?.[1]).toEqual({ endpoint: "https://push.example/2" });
  });

  test("keeps its address when there is no network to mend it", async () => {
    await push.enable();
    api.get.mockRejectedValue(new OfflineError());
    expect(await push.mend()).toBe("offline");
    expect(await device.isOnHere()).toBe(true);
  });

  test("is one whose permission was taken back", async () => {
    await push.enable();
    browser.permission = "denied";
    expect(await push.hasStopped()).toBe(true);
  });

  test("is not one that could get its address back by itself", async () => {
    await push.enable();
    browser.current = null;
    expect(await push.hasStopped()).toBe(false);
    expect(await device.isOnHere()).toBe(true);
  });

  test("is one whose address could not be had again", async () => {
    await push.enable();
    browser.current = null;
    browser.subscribe.mockRejectedValue(new Error("no push service"));
    expect(await push.hasStopped()).toBe(true);
  });

  test("is not one where reminders were never on, or were turned off", async () => {
    expect(await push.hasStopped()).toBe(false);
    await push.enable();
    await push.disable();
    expect(await push.hasStopped()).toBe(false);
  });

  test("is not one that merely has no network", async () => {
    await push.enable();
    api.get.mockRejectedValue(new OfflineError());
    expect(await push.hasStopped()).toBe(false);
  });
});

describe("turning reminders off", () => {
  test("the browser forgets its address and the server the device", async () => {
    await push.enable();
    await push.disable();
    expect(browser.current).toBeNull();
    expect(api.delete).toHaveBeenCalledWith(`/push/subscriptions/${await push.deviceId()}`);
    expect(await push.refresh()).toBe("off");
  });

  test("it works without a network too", async () => {
    await push.enable();
    api.delete.mockRejectedValue(new OfflineError());
    await push.disable();
    expect(await device.isOnHere()).toBe(false);
  });
});
