import { describe, expect, it } from "vitest";
import { bundles } from "../../test/content";
import { OPEN_GATE } from "../move/fixture";
import type { Cause } from "../move/types";
import { halfYearBefore } from "./dates";
import {
  coveredBy,
  inOrder,
  isAnswered,
  NOTHING,
  seenFrom,
  textsOf,
  tick,
  tickNone,
} from "./ticked";

const asked = bundles.en.walking.gate as Parameters<typeof textsOf>[0];
const [first, second] = asked.questions.map(({ id }) => id);
if (!first || !second) throw new Error("there are no questions");

describe("ticking", () => {
  it("a line again takes its tick away", () => {
    expect(tick(tick(NOTHING, first), first)).toEqual(NOTHING);
  });

  it("and none of these exclude each other", () => {
    expect(tickNone(tick(NOTHING, first))).toEqual({ yes: [], none: true });
    expect(tick(tickNone(NOTHING), first)).toEqual({ yes: [first], none: false });
  });

  it("something is an answer, nothing is none", () => {
    expect(isAnswered(NOTHING)).toBe(false);
    expect(isAnswered(tickNone(NOTHING))).toBe(true);
    expect(isAnswered(tick(NOTHING, first))).toBe(true);
  });

  it("in any order is sent in that of the questions", () => {
    expect(inOrder(asked, [second, first])).toEqual([first, second]);
  });
});

it("says what was ticked in the words of now, and is silent about what is asked no longer", () => {
  expect(textsOf(asked, ["gone", first])).toEqual([asked.questions[0]?.text]);
});

describe("a clinician's word about walking", () => {
  const one = (cause: Cause["cause"], at: string): Cause => ({
    ...{ cause, at, yes: [], check: null, block: null },
  });
  const gate = {
    ...OPEN_GATE,
    causes: [
      one("emergency", "2026-11-22T08:00:00Z"),
      one("same_day", "2026-11-20T08:00:00Z"),
      one("same_day", "2026-11-21T08:00:00Z"),
      one("answers", "2026-11-23T08:00:00Z"),
    ],
  };

  it("covers everything but an emergency", () => {
    expect(coveredBy(gate).map(({ cause }) => cause)).toEqual(["same_day", "same_day", "answers"]);
  });

  it("counts since the newest check; what is ticked may have been talked about before", () => {
    expect(seenFrom(gate)).toBe("2026-11-21T08:00:00Z");
    expect(seenFrom(OPEN_GATE)).toBeNull();
  });
});

it.each([
  ["2026-11-23", "2026-05-23"],
  ["2026-08-31", "2026-02-28"],
  ["2026-03-15", "2025-09-15"],
])("half a year before %s is %s", (date, before) => {
  expect(halfYearBefore(date)).toBe(before);
});

it.each(["en", "de"] as const)("has words and a reason for every question in %s", (language) => {
  for (const { text, why, strength } of bundles[language].walking.gate.questions) {
    expect(text && why && strength).toBeTruthy();
  }
});
