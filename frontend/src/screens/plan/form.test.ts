import { beforeEach, describe, expect, it } from "vitest";
import type { Reminder } from "../../api/types";
import { PlanForm, toggled } from "./form.svelte";
import { draftOf, followsPlan, walkReminder } from "./reminder";

const NOW = new Date("2026-11-23T18:00:00Z");
const tests = [8, 10].map((minutes, i) => ({ id: String(i), at: "", minutes }));

let form: PlanForm;
beforeEach(() => (form = new PlanForm()));

describe("what is comfortable", () => {
  it("is not known before somebody says how", () => {
    expect(form.tolerance(tests)).toBeNull();
    expect(form.answered(1, tests)).toBe(false);
    expect(form.missing).toBe(1);
  });

  it("is guessed", () => {
    form.choose("guess");
    form.minutes = 15;
    expect(form.tolerance([])).toBe(15);
    expect(form.dose([])).toBe(10);
    form.already = true;
    expect(form.dose([])).toBe(12);
  });

  it("is the mean of the test walks, of which there is one at least", () => {
    form.choose("walks");
    expect(form.answered(1, [])).toBe(false);
    expect(form.tolerance(tests)).toBe(9);
    expect(form.answered(1, tests)).toBe(true);
  });
});

describe("the days", () => {
  it("are switched on and off, in the order of the week", () => {
    expect(toggled([0, 4], 2)).toEqual([0, 2, 4]);
    expect(toggled([0, 4], 4)).toEqual([0]);
  });

  it("are one at least", () => {
    form.days = [];
    expect(form.answered(2, [])).toBe(false);
    form.toggleDay(3);
    expect(form.missing).toBeNull();
    expect(form.answered(2, [])).toBe(true);
  });

  it("are those of the plan before", () => {
    form.adopt([1, 3], []);
    expect(form.days).toEqual([1, 3]);
  });
});

it("needs a time only where a reminder is wanted", () => {
  form.time = "";
  expect(form.answered(3, [])).toBe(false);
  form.remind = false;
  expect(form.answered(3, [])).toBe(true);
});

it("is sent as the server takes it", () => {
  form.choose("guess");
  expect(form.body([], NOW)).toEqual({
    ...{ tolerance: 10, tolerance_from: "guess", walks_already: false },
    ...{ days: [0, 2, 4, 6], at: "2026-11-23T18:00:00.000Z" },
  });
});

describe("the walk reminder", () => {
  function reminder(id: string, more: Partial<Reminder> = {}): Reminder {
    const schedule = { days: [0, 2], times: ["08:30"] };
    return { id, kind: "walk", schedule, enabled: true, ...more } as Reminder;
  }

  it("is the first one that is on, of times of its own", () => {
    const all = [
      reminder("a", { kind: "move" }),
      reminder("b", { enabled: false }),
      reminder("c", { schedule: { days: [0], from: "09:00", to: "17:00", every_minutes: 60 } }),
      reminder("d"),
    ];
    expect(walkReminder(all)?.id).toBe("d");
    expect(walkReminder(all.slice(0, 3))?.id).toBe("b");
    expect(walkReminder([])).toBeNull();
  });

  it("gives the form its time", () => {
    form.adopt(undefined, [reminder("a")]);
    expect(form.time).toBe("08:30");
  });

  it("rings once on each day of the plan", () => {
    expect(draftOf([0, 2], "09:00")).toEqual({
      ...{ kind: "walk", schedule: { days: [0, 2], times: ["09:00"] }, enabled: true },
    });
  });

  it("follows the plan only where it had the plan's days", () => {
    const known = walkReminder([reminder("a")]);
    expect(followsPlan(known, [2, 0])).toBe(true);
    expect(followsPlan(known, [0, 2, 4])).toBe(false);
    expect(followsPlan(walkReminder([reminder("a", { enabled: false })]), [0, 2])).toBe(false);
    expect(followsPlan(null, [0, 2])).toBe(false);
  });
});
