import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import type { Write } from "../../offline/outbox";

const api = vi.hoisted(() => ({ put: vi.fn(), post: vi.fn(), patch: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

let outbox: typeof import("../../offline/outbox");
let phone: import("./phone.svelte").PhoneState;

const same: Write = {
  ...{ key: "p", method: "PUT", path: "/pain/prompts/p/answer", about: "prompt" },
  ...{ body: { answer: "same" }, first: true },
};

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
  api.put.mockReset().mockResolvedValue({});
  outbox = await import("../../offline/outbox");
  phone = new (await import("./phone.svelte")).PhoneState();
});

const waiting = () => phone.now.writes.map(({ key }) => key);

it("knows what waits here, also what another screen left", async () => {
  await outbox.saveWrite(same);
  await phone.look();
  expect(waiting()).toEqual(["p"]);
  expect(phone.now.checked).toBe(false);
});

it("follows what is given while it is open, without asking the server", async () => {
  const reload = vi.fn();
  const stop = phone.watch(reload);
  await outbox.saveWrite(same);
  await vi.waitFor(() => expect(waiting()).toEqual(["p"]));
  expect(reload).not.toHaveBeenCalled();
  stop();
});

it("asks the server before it lets go of what was sent: nothing seems undone between", async () => {
  await outbox.saveWrite(same);
  await phone.look();
  let answer: (() => void) | undefined;
  const reload = vi.fn(() => new Promise<undefined>((say) => (answer = () => say(undefined))));
  const stop = phone.watch(reload);
  await outbox.replay();
  await vi.waitFor(() => expect(reload).toHaveBeenCalled());
  expect(waiting()).toEqual(["p"]);
  answer?.();
  await vi.waitFor(() => expect(waiting()).toEqual([]));
  stop();
});
