import { describe, expect, it } from "vitest";
import type { Reminder } from "../../api/types";
import { byTime, nextOf, partOfDay, placeOf, slotsToday, timeOn, weekdayOf } from "./slots";

const MONDAY = new Date(2026, 10, 23, 16, 5);
const LONG_AGO = "2026-01-01T00:00:00Z";

function reminder(id: string, times: string[], more: Partial<Reminder> = {}): Reminder {
  return {
    id,
    kind: "walk",
    schedule: { days: [0, 1, 2, 3, 4, 5, 6], times },
    enabled: true,
    resting: false,
    next_due_at: null,
    created_at: LONG_AGO,
    ...more,
  };
}

describe("today's times", () => {
  const ids = (reminders: Reminder[]) =>
    slotsToday(reminders, MONDAY).map(({ at }) => at.getHours());

  it("come from every reminder that is on, in the order of the day", () => {
    expect(ids([reminder("a", ["17:00", "09:00"]), reminder("b", ["13:00"])])).toEqual([9, 13, 17]);
  });

  it("leave out what is off, and other weekdays", () => {
    const off = reminder("a", ["09:00"], { enabled: false });
    const tuesdays = reminder("b", ["09:00"], { schedule: { days: [1], times: ["09:00"] } });
    expect(ids([off, tuesdays])).toEqual([]);
  });

  it("leave out a time that had passed before the reminder was made", () => {
    const made = reminder("a", ["09:00", "17:00"], {
      created_at: new Date(2026, 10, 23, 15, 0).toISOString(),
    });
    expect(ids([made])).toEqual([17]);
  });
});

describe("a window's times", () => {
  const window = (from: string, to: string, days = [0, 1, 2, 3, 4, 5, 6]) =>
    reminder("w", [], { kind: "move", schedule: { days, from, to, every_minutes: 60 } });
  const clocks = (one: Reminder, now = MONDAY) =>
    slotsToday([one], now).map(({ at }) => `${at.getHours()}:${at.getMinutes()}`);

  it("run to its end and count it", () => {
    expect(clocks(window("09:00", "11:00"))).toEqual(["9:0", "10:0", "11:0"]);
  });

  it("that crosses midnight come from yesterday's start, too", () => {
    expect(clocks(window("22:30", "01:00"))).toEqual(["0:30", "22:30", "23:30"]);
    expect(clocks(window("22:30", "01:00", [6]))).toEqual(["0:30"]);
    expect(clocks(window("22:30", "01:00", [0]))).toEqual(["22:30", "23:30"]);
  });

  it("place it in the list at the next one left today, then at the last", () => {
    const working = window("09:00", "17:00");
    expect(placeOf(working, MONDAY)).toBe("17:00");
    expect(placeOf(working, new Date(2026, 10, 23, 8, 0))).toBe("09:00");
    expect(placeOf(working, new Date(2026, 10, 23, 20, 0))).toBe("17:00");
  });

  it("place it at its first on a day without any", () => {
    expect(placeOf(window("09:00", "17:00", [2]), MONDAY)).toBe("09:00");
  });

  it("move it through the list as the day goes on", () => {
    const noon = reminder("noon", ["12:30"]);
    const order = (hour: number) =>
      byTime([noon, window("09:00", "17:00")], new Date(2026, 10, 23, hour)).map(({ id }) => id);
    expect(order(8)).toEqual(["w", "noon"]);
    expect(order(13)).toEqual(["noon", "w"]);
  });
});

describe("the next reminder", () => {
  it("is the one due first among those that are on", () => {
    const late = reminder("late", ["20:00"], { next_due_at: "2026-11-23T19:00:00Z" });
    const soon = reminder("soon", ["17:30"], { next_due_at: "2026-11-23T16:30:00Z" });
    const off = reminder("off", ["17:00"], {
      next_due_at: "2026-11-23T16:00:00Z",
      enabled: false,
    });
    expect(nextOf([late, soon, off])?.id).toBe("soon");
  });

  it("is nobody when all are off", () => {
    expect(nextOf([reminder("a", ["09:00"], { enabled: false })])).toBeNull();
  });
});

it("counts weekdays from Monday, as the API does", () => {
  expect(weekdayOf(MONDAY)).toBe(0);
  expect(weekdayOf(new Date(2026, 10, 29))).toBe(6);
});

it("puts a wall-clock time on a day", () => {
  expect(timeOn(MONDAY, "07:05")).toEqual(new Date(2026, 10, 23, 7, 5));
});

it.each([
  ["00:00", "morning"],
  ["11:59", "morning"],
  ["12:00", "afternoon"],
  ["18:00", "evening"],
])("%s belongs to the %s", (time, part) => {
  expect(partOfDay(time)).toBe(part);
});
