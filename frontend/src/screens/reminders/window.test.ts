import { describe, expect, it } from "vitest";
import type { WindowSchedule } from "../../api/types";
import { WindowFields } from "./window.svelte";

const SAVED: WindowSchedule = {
  days: [0],
  from: "08:30",
  to: "16:30",
  every_minutes: 50,
  except: [["12:00", "12:45"]],
};

function fields(change: Partial<WindowFields> = {}): WindowFields {
  return Object.assign(new WindowFields(), change);
}

it("comes back as it was saved, with a step of its own", () => {
  const window = new WindowFields(SAVED);
  expect(window.step).toBe("other");
  expect(window.schedule([0])).toEqual(SAVED);
});

describe("a break", () => {
  it("starts as lunch, and the next one empty", () => {
    const window = fields();
    window.addBreak();
    window.addBreak();
    expect(window.breaks).toEqual([
      { from: "12:00", to: "13:00" },
      { from: "", to: "" },
    ]);
    expect(Object.keys(window.problems())).toEqual(["breaks"]);
    window.removeBreak(1);
    expect(window.problems()).toEqual({});
  });

  it("cannot end before it starts, but in a window over midnight", () => {
    const late = { breaks: [{ from: "23:30", to: "00:30" }] };
    expect(fields(late).problems().breaks).toBeDefined();
    expect(fields({ from: "22:00", to: "02:00", ...late }).problems()).toEqual({});
  });

  it("cannot take all of the window", () => {
    const all = fields({ from: "12:00", to: "12:45", breaks: [{ from: "12:00", to: "13:00" }] });
    expect(all.problems().breaks).toBeDefined();
    expect(all.schedule([0])).toBeNull();
  });

  it("is offered ten times at most", () => {
    const window = fields();
    for (let i = 0; i < 10; i++) window.addBreak();
    expect(window.roomForBreaks).toBe(false);
  });
});

it.each([
  [null, false],
  [4, false],
  [5, true],
  [7.5, false],
  [720, true],
  [721, false],
])("takes %s minutes: %s", (free, fits) => {
  const problems = fields({ step: "other", free, from: "09:00", to: "10:00" }).problems();
  expect(problems.every === undefined).toBe(fits);
});

it("stops at a hundred a day", () => {
  const busy = { step: "other", free: 5 } as const;
  expect(fields({ ...busy, from: "08:00", to: "16:15" }).problems()).toEqual({});
  expect(fields({ ...busy, from: "08:00", to: "16:20" }).problems().every).toBeDefined();
});

it.each([
  ["", "17:00"],
  ["09:00", ""],
  ["09:00", "09:00"],
])("from %s to %s is no window", (from, to) => {
  expect(fields({ from, to }).problems().window).toBeDefined();
});

it("says when its end is tomorrow", () => {
  expect(fields({ from: "22:00", to: "02:00" }).endsNextDay).toBe(true);
  expect(fields().endsNextDay).toBe(false);
});
