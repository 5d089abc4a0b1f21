import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), post: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

import { pendingEntries } from "../../offline/outbox";
import { record, recorded } from "./kept";
import { Recorder, type Setting } from "./recorder.svelte";
import { localWalks } from "./walks";

const NOON = Date.UTC(2026, 10, 23, 12);
const MIN = 60_000;

const setting: Setting = {
  ...{ purpose: "walk", planned: 15, chosen: 15, bouts: [], checklist: [], located: false },
  before: { id: crypto.randomUUID(), score: 2, at: new Date(NOON).toISOString() },
};

let recorder: Recorder;
let stop: () => void;

/** So many minutes after noon, by both clocks. */
function at(minutes: number): void {
  vi.advanceTimersByTime(NOON + minutes * MIN - Date.now());
}

async function reopened(): Promise<Recorder> {
  const other = new Recorder();
  await other.open();
  return other;
}

beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date", "performance"] });
  for (const call of Object.values(api)) call.mockReset().mockRejectedValue(new OfflineError());
  await record(() => undefined);
  recorder = new Recorder();
  stop = recorder.watch();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("a walk that is recorded", () => {
  it("is written down at once, with the score before it", async () => {
    await recorder.start({
      ...setting,
      before: { id: "b", score: 2, at: new Date(NOON).toISOString() },
    });
    expect((await recorded())?.marks).toEqual([{ kind: "start", at: NOON }]);
    const scores = await pendingEntries();
    const walk = recorder.walk?.id;
    expect(scores.find(({ id }) => id === "b")).toMatchObject({ walk, walk_moment: "before" });
  });

  it("goes on with the right minutes after the app was closed", async () => {
    await recorder.start(setting);
    at(14);
    const other = await reopened();
    expect(other).toMatchObject({ resumed: true, doubt: null });
    expect(other.measured.walked).toBe(14 * MIN);
  });

  it("is not begun a second time in another window", async () => {
    await recorder.start(setting);
    const other = new Recorder();
    await other.start(setting);
    expect(other.walk?.id).toBe(recorder.walk?.id);
  });

  it("is asked about where it was left running for hours", async () => {
    await recorder.start(setting);
    at(5 * 60);
    const other = await reopened();
    expect(other.doubt).toBe("ask");
    await other.finish("", NOON + 20 * MIN);
    const { walks } = await localWalks();
    expect(walks.find(({ id }) => id === other.walk?.id)?.seconds).toBe(20 * 60);
  });

  it("makes no absurd minutes of a clock that was moved back while it was closed", async () => {
    await recorder.start(setting);
    vi.setSystemTime(NOON - 60 * MIN);
    const other = await reopened();
    expect(other.doubt).toBe("clock");
    expect(other.measured.walked).toBe(0);
    await other.finishWith(12);
    const { walks } = await localWalks();
    expect(walks.find(({ id }) => id === other.walk?.id)?.seconds).toBe(12 * 60);
  });

  it("loses and wins no minutes by a clock that is moved before our eyes", async () => {
    await recorder.start(setting);
    at(10);
    vi.setSystemTime(NOON + 70 * MIN);
    await recorder.happen("pause");
    expect(recorder.clockMoved).toBe(true);
    expect(recorder.measured.walked).toBe(10 * MIN);
  });

  it("of under a minute is not kept", async () => {
    await recorder.start(setting);
    at(0.5);
    await recorder.finish();
    expect(recorder.tooShort).toBe(true);
    const { walks } = await localWalks();
    expect(walks.some(({ id }) => id === recorder.walk?.id)).toBe(false);
  });

  it("goes on after an end that was a slip", async () => {
    await recorder.start(setting);
    at(10);
    await recorder.finish();
    at(12);
    await recorder.happen("resume");
    at(17);
    await recorder.finish();
    const { walks } = await localWalks();
    expect(walks.find(({ id }) => id === recorder.walk?.id)?.seconds).toBe(15 * 60);
  });

  it("that is discarded is gone, and comes back whole", async () => {
    await recorder.start(setting);
    at(10);
    await recorder.finish();
    const id = recorder.walk?.id;
    const back = await recorder.discard();
    expect((await localWalks()).walks.some((one) => one.id === id)).toBe(false);
    await back();
    expect((await localWalks()).walks.find((one) => one.id === id)?.seconds).toBe(600);
    expect(recorder.walk?.id).toBe(id);
  });

  it("makes room for the next one when it is done", async () => {
    await recorder.start(setting);
    at(10);
    await recorder.finish();
    await recorder.leave();
    expect(await recorded()).toBeNull();
    expect(recorder.walk).toBeNull();
  });

  it("ends its backward part without ending the walk", async () => {
    await recorder.start({
      ...setting,
      bouts: [
        { from: 60, seconds: 60 },
        { from: 300, seconds: 60 },
      ],
    });
    at(1);
    await recorder.happen("backward");
    at(1.5);
    await recorder.stopBackward("wobble");
    expect(recorder.measured).toMatchObject({ state: "walking", isBackward: false });
    expect(recorder.walk).toMatchObject({ stopped: "wobble", bouts: [{ from: 60 }] });
  });
});
