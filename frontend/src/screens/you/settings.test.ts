import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { ApiError, OfflineError } from "../../api/client";
import type { Person } from "../../api/types";
import { session } from "../../frame/session.svelte";
import { DiarySettings } from "./settings.svelte";

const person = { evening_check_at: "19:30:00", day_ends_at: 3 } as Person;

let change: MockInstance<typeof session.change>;

beforeEach(() => {
  vi.useFakeTimers();
  change = vi.spyOn(session, "change").mockResolvedValue();
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(600);

describe("what is chosen", () => {
  it("starts as the person has it", () => {
    const { evening, dayEnds } = new DiarySettings(person);
    expect({ evening, dayEnds }).toEqual({ evening: "19:30", dayEnds: 3 });
  });

  it("is sent by itself, several taps at once", async () => {
    const settings = new DiarySettings(person);
    settings.changeDayEnds(4);
    settings.changeDayEnds(5);
    settings.evening = "20:15";
    settings.changeEvening();
    await settle();
    expect(change.mock.calls).toEqual([[{ day_ends_at: 5, evening_check_at: "20:15" }]]);
    expect(settings.saving).toBe("saved");
  });

  it("sends no empty time, but what else was chosen", async () => {
    const settings = new DiarySettings(person);
    settings.changeDayEnds(4);
    settings.evening = "";
    settings.changeEvening();
    expect(settings.saving).toBe("unfinished");
    await settle();
    expect(change.mock.calls).toEqual([[{ day_ends_at: 4 }]]);
  });
});

describe("what could not be saved", () => {
  it.each([
    [new OfflineError("no answer"), "offline"],
    [new ApiError(500, {}), "failed"],
  ])("stays as chosen and is tried again: %s", async (error, word) => {
    const settings = new DiarySettings(person);
    change.mockRejectedValueOnce(error);
    settings.changeDayEnds(5);
    await settle();
    expect([settings.dayEnds, settings.saving]).toEqual([5, word]);
    await settings.send();
    expect(change).toHaveBeenLastCalledWith({ day_ends_at: 5 });
    expect(settings.saving).toBe("saved");
  });
});

describe("what the server says later", () => {
  const elsewhere = { evening_check_at: "21:00", day_ends_at: 5 } as Person;

  it("replaces what this phone remembered", () => {
    const settings = new DiarySettings(person);
    settings.adopt(elsewhere);
    expect([settings.evening, settings.dayEnds]).toEqual(["21:00", 5]);
  });

  it("does not replace what was chosen here meanwhile", () => {
    const settings = new DiarySettings(person);
    settings.changeDayEnds(1);
    settings.adopt(elsewhere);
    expect([settings.evening, settings.dayEnds]).toEqual(["19:30", 1]);
  });
});
