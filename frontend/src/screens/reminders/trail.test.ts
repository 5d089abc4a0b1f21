import { describe, expect, it } from "vitest";
import type { Reminder } from "../../api/types";
import { trail } from "./trail";

const NOW = new Date(2026, 10, 23, 16, 5); // a Monday

function reminder(time: string, more: Partial<Reminder> = {}): Reminder {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const due = new Date(2026, 10, 23, hours, minutes);
  if (due <= NOW) due.setDate(24);
  return {
    id: time,
    kind: "walk",
    schedule: { days: [0, 1, 2, 3, 4, 5, 6], times: [time] },
    enabled: true,
    resting: false,
    next_due_at: due.toISOString(),
    created_at: "2026-01-01T00:00:00Z",
    ...more,
  };
}

const stops = (...reminders: Reminder[]) => trail(reminders, NOW).flatMap((one) => one.stops);

describe("the trail", () => {
  const day = [reminder("21:15"), reminder("09:00"), reminder("17:30"), reminder("13:15")];

  it("runs through the parts of the day in order, and leaves out the empty ones", () => {
    expect(trail(day, NOW).map(({ part }) => part)).toEqual(["morning", "afternoon", "evening"]);
    expect(trail([reminder("21:15")], NOW).map(({ part }) => part)).toEqual(["evening"]);
  });

  it("marks what has passed, what is next, and what is to come", () => {
    expect(stops(...day).map(({ mark }) => mark)).toEqual(["past", "past", "here", "to-come"]);
  });

  it("lays the ribbon as far as the next reminder of today", () => {
    expect(stops(...day).map(({ done }) => done)).toEqual(["all", "all", "half", "none"]);
  });

  it("ends the ribbon at the last one when nothing is left today", () => {
    const [nine, noon] = stops(reminder("09:00"), reminder("12:00"));
    expect(nine).toMatchObject({ mark: "past", done: "all", next: true });
    expect(noon).toMatchObject({ mark: "past", done: "half" });
  });

  it("shows a reminder that is off as off, and not as next", () => {
    const [off] = stops(reminder("17:30", { enabled: false, next_due_at: null }));
    expect(off).toMatchObject({ mark: "off", next: false, done: "none" });
  });

  it("does not call next what is held back", () => {
    const [morning, evening] = [reminder("17:30"), reminder("21:15")];
    const sections = trail([morning, evening], NOW, ({ id }) => id === "17:30");
    expect(sections.flatMap((one) => one.stops).map(({ next }) => next)).toEqual([false, true]);
  });

  it("puts a window into the part of the day that its next time is in", () => {
    const window = reminder("17:30", {
      schedule: { days: [0], from: "09:00", to: "19:00", every_minutes: 120 },
    });
    expect(trail([window], NOW).map(({ part }) => part)).toEqual(["afternoon"]);
    expect(trail([window], new Date(2026, 10, 23, 17, 30))[0]?.part).toBe("evening");
  });

  it("does not call another day's reminder passed", () => {
    const tuesdays = reminder("09:00", { schedule: { days: [1], times: ["09:00"] } });
    expect(stops(tuesdays)[0]).toMatchObject({ mark: "to-come", next: true });
  });

  it("bends to the other lane in the afternoon and back in the evening", () => {
    expect(trail(day, NOW).map(({ from, lane }) => [from, lane])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
  });
});
