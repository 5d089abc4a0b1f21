import { beforeEach, describe, expect, test, vi } from "vitest";

class FakeWorker extends EventTarget {
  state = "installing";
  postMessage = vi.fn();
}

class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
  update = vi.fn(() => Promise.resolve());

  /** A new version is downloaded, and then waits. */
  finds(worker: FakeWorker) {
    this.installing = worker;
    this.dispatchEvent(new Event("updatefound"));
    this.installing = null;
    this.waiting = worker;
    worker.dispatchEvent(new Event("statechange"));
  }
}

class FakeContainer extends EventTarget {
  controller: object | null = null;
  registration = new FakeRegistration();
  register = vi.fn(() => Promise.resolve(this.registration));

  isTakenOver() {
    this.controller = {};
    this.dispatchEvent(new Event("controllerchange"));
  }
}

const reload = vi.fn();
const onUpdateReady = vi.fn();
let container: FakeContainer;
let register: typeof import("./register");

beforeEach(async () => {
  container = new FakeContainer();
  reload.mockReset();
  onUpdateReady.mockReset();
  vi.stubGlobal("navigator", { serviceWorker: container });
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("trustedTypes", undefined);
  vi.resetModules();
  register = await import("./register");
});

describe("registering", () => {
  test("the worker's address passes through the policy, which knows no other", async () => {
    const createPolicy = vi.fn(
      (_name: string, rules: { createScriptURL(url: string): string }) => rules,
    );
    vi.stubGlobal("trustedTypes", { createPolicy });
    await register.registerWorker({ onUpdateReady });
    expect(container.register).toHaveBeenCalledWith("/sw.js", { updateViaCache: "none" });
    expect(createPolicy).toHaveBeenCalledWith("backstep", expect.anything());
    const rules = createPolicy.mock.calls[0]?.[1];
    expect(() => rules?.createScriptURL("https://evil.example/sw.js")).toThrow(TypeError);
  });

  test("a browser without workers, or with none for us, goes on without", async () => {
    container.register.mockRejectedValue(new DOMException("no", "SecurityError"));
    expect(await register.registerWorker({ onUpdateReady })).toBeUndefined();
    vi.stubGlobal("navigator", {});
    expect(await register.registerWorker({ onUpdateReady })).toBeUndefined();
  });

  test("an app that stays open looks for a new version, at most once an hour", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await register.registerWorker({ onUpdateReady });
    document.dispatchEvent(new Event("visibilitychange"));
    expect(container.registration.update).not.toHaveBeenCalled();
    vi.setSystemTime(Date.now() + 60 * 60 * 1000);
    document.dispatchEvent(new Event("visibilitychange"));
    document.dispatchEvent(new Event("visibilitychange"));
    expect(container.registration.update).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});

describe("a new version", () => {
  test("the very first one is no update", async () => {
    await register.registerWorker({ onUpdateReady });
    container.registration.finds(new FakeWorker());
    container.isTakenOver();
    expect(onUpdateReady).not.toHaveBeenCalled();
  });

  test("one that waits already is announced at once", async () => {
    container.controller = {};
    container.registration.waiting = new FakeWorker();
    await register.registerWorker({ onUpdateReady });
    expect(onUpdateReady).toHaveBeenCalledOnce();
  });

  test("one that arrives while the app is open is announced, and nothing reloads", async () => {
    container.controller = {};
    await register.registerWorker({ onUpdateReady });
    container.registration.finds(new FakeWorker());
    expect(onUpdateReady).toHaveBeenCalledOnce();
    expect(reload).not.toHaveBeenCalled();
  });

  test("approved, it takes over and the page is loaded once", async () => {
    container.controller = {};
    await register.registerWorker({ onUpdateReady });
    const worker = new FakeWorker();
    container.registration.finds(worker);
    register.applyUpdate();
    register.applyUpdate();
    expect(worker.postMessage).toHaveBeenCalledExactlyOnceWith({ type: "SKIP_WAITING" });
    expect(reload).not.toHaveBeenCalled();
    container.isTakenOver();
    container.isTakenOver();
    expect(reload).toHaveBeenCalledOnce();
    expect(onUpdateReady).toHaveBeenCalledOnce();
  });

  test("approved in another window, this one says so too and reloads when asked", async () => {
    container.controller = {};
    await register.registerWorker({ onUpdateReady });
    container.isTakenOver();
    expect(onUpdateReady).toHaveBeenCalledOnce();
    expect(reload).not.toHaveBeenCalled();
    register.applyUpdate();
    expect(reload).toHaveBeenCalledOnce();
  });
});
