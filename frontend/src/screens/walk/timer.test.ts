import { describe, expect, it } from "vitest";
import {
  endedAt,
  endOf,
  fits,
  found,
  marked,
  measure,
  moved,
  shifted,
  startOf,
  type Happening,
  type Mark,
} from "./timer";

const NOON = Date.UTC(2026, 10, 23, 12);
const S = 1000;
const MIN = 60 * S;
const HOUR = 60 * MIN;

/** `["start", 0], ["pause", 5]`: minutes since noon. */
function log(...marks: [Happening, number][]): Mark[] {
  return marks.map(([kind, minutes]) => ({ kind, at: NOON + minutes * MIN }));
}

function minutes(marks: Mark[], now: number): number {
  return measure(marks, NOON + now * MIN).walked / MIN;
}

describe("a walk's minutes", () => {
  it("are the time since its start, whatever the page did meanwhile", () => {
    expect(minutes(log(["start", 0]), 14)).toBe(14);
  });

  it("leave pauses out", () => {
    const marks = log(["start", 0], ["pause", 5], ["resume", 9]);
    expect(minutes(marks, 12)).toBe(8);
    expect(minutes(marks.slice(0, 2), 60)).toBe(5);
  });

  it("stop with its end", () => {
    expect(minutes(log(["start", 0], ["end", 12]), 300)).toBe(12);
  });

  it("of which some were backward", () => {
    const marks = log(["start", 0], ["backward", 3], ["forward", 4], ["backward", 6], ["pause", 7]);
    expect(measure(marks, NOON + 9 * MIN)).toEqual({
      ...{ state: "paused", isBackward: false, walked: 7 * MIN, backward: 2 * MIN },
    });
  });

  it("go forward again after a pause", () => {
    const marks = log(["start", 0], ["backward", 3], ["pause", 4], ["resume", 5]);
    expect(measure(marks, NOON + 8 * MIN)).toMatchObject({ isBackward: false, backward: MIN });
  });

  it("are never fewer than none", () => {
    expect(minutes(log(["start", 0]), -30)).toBe(0);
    expect(minutes(log(["start", 0], ["pause", -30], ["resume", -30]), 5)).toBe(35);
  });

  it("are none before it has begun", () => {
    expect(measure([], NOON)).toMatchObject({ state: "ready", walked: 0 });
  });
});

describe("what happens on a walk", () => {
  it.each([
    [[], "start", true],
    [[], "pause", false],
    [log(["start", 0]), "start", false],
    [log(["start", 0]), "pause", true],
    [log(["start", 0]), "forward", false],
    [log(["start", 0], ["pause", 1]), "pause", false],
    [log(["start", 0], ["pause", 1]), "backward", false],
    [log(["start", 0], ["pause", 1]), "end", true],
    [log(["start", 0], ["end", 1]), "end", false],
    [log(["start", 0], ["end", 1]), "resume", true],
  ] as const)("%# makes sense, or is a slip of the thumb", (marks, kind, sense) => {
    expect(fits(marks, kind)).toBe(sense);
    expect(marked(marks, kind, NOON + 2 * MIN)).toHaveLength(marks.length + Number(sense));
  });

  it("is never earlier than what happened before it", () => {
    const marks = marked(log(["start", 0]), "pause", NOON - HOUR);
    expect(marks.at(-1)).toEqual({ kind: "pause", at: NOON });
  });

  it("goes on after an end that was a slip, with a pause in between", () => {
    const marks = marked(log(["start", 0], ["end", 5]), "resume", NOON + 7 * MIN);
    expect(minutes(marks, 10)).toBe(8);
    expect(endOf(marks)).toBeNull();
  });

  it("can be ended at an earlier moment, without what came after it", () => {
    const marks = endedAt(log(["start", 0], ["pause", 5], ["resume", 9]), NOON + 7 * MIN);
    expect(minutes(marks, 60)).toBe(5);
    expect(endOf(marks)).toBe(NOON + 7 * MIN);
    expect(minutes(endedAt(log(["start", 0]), NOON - HOUR), 60)).toBe(0);
  });

  it("knows when it began", () => {
    expect(startOf(log(["start", 0], ["pause", 1]))).toBe(NOON);
    expect(startOf([])).toBeNull();
  });
});

describe("a walk that is found again", () => {
  const walking = (seen: number) => ({ marks: log(["start", 0]), seen: NOON + seen * MIN });

  it("goes on", () => {
    expect(found(walking(1), NOON + 14 * MIN)).toBe("goes_on");
    expect(found(walking(1), NOON + MIN + 2 * HOUR)).toBe("goes_on");
  });

  it("is asked about where nobody has seen it for more than two hours", () => {
    expect(found(walking(1), NOON + MIN + 2 * HOUR + 1)).toBe("ask");
  });

  it("is asked about where it would have lasted longer than anybody walks", () => {
    expect(found(walking(480), NOON + 8 * HOUR + 1)).toBe("ask");
  });

  it("is not asked about while it is paused", () => {
    const marks = log(["start", 0], ["pause", 5]);
    expect(found({ marks, seen: NOON }, NOON + 9 * HOUR)).toBe("goes_on");
  });

  it("says so where the clock was moved back meanwhile", () => {
    expect(found(walking(10), NOON + 9 * MIN)).toBe("clock");
    expect(found(walking(10), NOON + 10 * MIN - 2 * S)).toBe("goes_on");
  });
});

describe("a clock that is moved while the walk goes on", () => {
  const look = (wall: number, steady: number, visible = true) => ({ wall, steady, visible });

  it("is noticed", () => {
    expect(moved(look(0, 0), look(HOUR + S, S))).toBe(HOUR);
    expect(moved(look(HOUR, 0), look(S, S))).toBe(-HOUR);
  });

  it("back is noticed behind a locked screen too", () => {
    expect(moved(look(HOUR, 0), look(S, S, false))).toBe(-HOUR);
  });

  it("is told from a phone that slept", () => {
    expect(moved(look(0, 0), look(10 * MIN, S, false))).toBe(0);
  });

  it("is told from a clock that is put right by a second", () => {
    expect(moved(look(0, 0), look(2 * S, S))).toBe(0);
  });

  it("takes the walk along, and no minute is lost", () => {
    const marks = shifted(log(["start", 0]), HOUR);
    expect(minutes(marks, 74)).toBe(14);
  });
});
