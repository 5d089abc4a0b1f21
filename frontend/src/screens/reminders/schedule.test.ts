import { describe, expect, it } from "vitest";
import type { WindowSchedule } from "../../api/types";
import { clockOf, isQuiet, minutesOf, quietShare } from "./schedule";

const NIGHT = { from: "22:00", to: "07:00" };

function window(from: string, to: string, every: number, except: [string, string][] = []) {
  return { days: [0], from, to, every_minutes: every, except } satisfies WindowSchedule;
}

const clocks = (schedule: WindowSchedule) => minutesOf(schedule).map(clockOf);

describe("a window", () => {
  it("steps from its start, and rings at its end only where a step falls on it", () => {
    expect(clocks(window("09:00", "10:30", 45))).toEqual(["09:00", "09:45", "10:30"]);
    expect(clocks(window("09:00", "10:00", 45))).toEqual(["09:00", "09:45"]);
  });

  it("leaves out a break from its start to just before its end", () => {
    const lunch = window("11:00", "14:00", 60, [["12:00", "13:00"]]);
    expect(clocks(lunch)).toEqual(["11:00", "13:00", "14:00"]);
  });

  it("goes on after midnight, where a break may cross it as well", () => {
    expect(minutesOf(window("23:00", "01:00", 60))).toEqual([23 * 60, 24 * 60, 25 * 60]);
    const nap = window("22:00", "02:00", 60, [["23:30", "00:30"]]);
    expect(clocks(nap)).toEqual(["22:00", "23:00", "01:00", "02:00"]);
  });
});

describe("quiet hours", () => {
  it.each([
    ["21:59", false],
    ["22:00", true],
    ["03:00", true],
    ["06:59", true],
    ["07:00", false],
  ])("over midnight, at %s: %s", (time, quiet) => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    expect(isQuiet(hours * 60 + minutes, NIGHT)).toBe(quiet);
  });

  it("within a day end before midnight, and none are none", () => {
    expect(isQuiet(13 * 60, { from: "12:00", to: "14:00" })).toBe(true);
    expect(isQuiet(15 * 60, { from: "12:00", to: "14:00" })).toBe(false);
    expect(isQuiet(3 * 60, null)).toBe(false);
  });

  it("say how many of a schedule's times they silence", () => {
    expect(quietShare(window("20:00", "23:00", 60), NIGHT)).toEqual({ quiet: 2, all: 4 });
    expect(quietShare({ days: [0], times: ["06:30"] }, NIGHT)).toEqual({ quiet: 1, all: 1 });
  });
});
