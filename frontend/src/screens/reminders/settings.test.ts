import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { ApiError, OfflineError } from "../../api/client";
import type { Person } from "../../api/types";
import { session } from "../../frame/session.svelte";
import { ReminderSettings } from "./settings.svelte";

const person = {
  quiet_hours: { from: "22:30:00", to: "06:30:00" },
  daily_cap: 6,
  lock_screen_details: false,
} as Person;

let change: MockInstance<typeof session.change>;

beforeEach(() => {
  vi.useFakeTimers();
  change = vi.spyOn(session, "change").mockResolvedValue();
  return () => vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(600);

describe("what is chosen", () => {
  it("starts as the person has it", () => {
    const { quiet, from, to, cap } = new ReminderSettings(person);
    expect({ quiet, from, to, cap }).toEqual({ quiet: true, from: "22:30", to: "06:30", cap: 6 });
  });

  it("is sent by itself, several taps at once", async () => {
    const settings = new ReminderSettings(person);
    settings.changeCap(7);
    settings.changeCap(8);
    settings.changeDetails(true);
    await settle();
    expect(change.mock.calls).toEqual([[{ daily_cap: 8, lock_screen_details: true }]]);
    expect(settings.saving).toBe("saved");
  });

  it("takes quiet hours away and brings the same ones back", async () => {
    const settings = new ReminderSettings(person);
    settings.turnQuiet(false);
    await settle();
    expect(change).toHaveBeenLastCalledWith({ quiet_hours: null });
    settings.turnQuiet(true);
    await settle();
    expect(change).toHaveBeenLastCalledWith({ quiet_hours: { from: "22:30", to: "06:30" } });
  });

  it("waits while half of the quiet hours is missing", async () => {
    const settings = new ReminderSettings(person);
    settings.to = "";
    settings.changeQuiet();
    await settle();
    expect(settings.saving).toBe("unfinished");
    expect(change).not.toHaveBeenCalled();
  });
});

describe("what could not be saved", () => {
  it.each([
    [new OfflineError("no answer"), "offline"],
    [new ApiError(500, {}), "failed"],
  ])("stays as chosen and is tried again: %s", async (error, word) => {
    const settings = new ReminderSettings(person);
    change.mockRejectedValueOnce(error);
    settings.changeCap(3);
    await settle();
    expect([settings.cap, settings.saving]).toEqual([3, word]);
    await settings.send();
    expect(change).toHaveBeenLastCalledWith({ daily_cap: 3 });
    expect(settings.saving).toBe("saved");
  });

  it("goes along with the next change", async () => {
    const settings = new ReminderSettings(person);
    change.mockRejectedValueOnce(new OfflineError("no answer"));
    settings.changeCap(3);
    await settle();
    settings.changeDetails(true);
    await settle();
    expect(change).toHaveBeenLastCalledWith({ daily_cap: 3, lock_screen_details: true });
  });
});
