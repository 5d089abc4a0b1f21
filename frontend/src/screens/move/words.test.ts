import { afterEach, describe, expect, it } from "vitest";
import { language } from "../../frame/language.svelte";
import { change, session, week } from "./fixture";
import type { FollowUp } from "./types";
import {
  dayLabel,
  followUpWords,
  lightWords,
  marksOf,
  minutesOf,
  walkName,
  whyWords,
} from "./words";

const TODAY = "2026-11-26"; // a Thursday

afterEach(() => language.use("en"));

describe("a walk is called", () => {
  it.each([
    ["2026-11-26", "today's walk"],
    ["2026-11-25", "yesterday's walk"],
    ["2026-11-24", "Tuesday's walk"],
    ["2026-11-20", "Friday's walk"],
    ["2026-11-19", "the walk on Nov 19"],
  ])("%s: %s", (date, name) => {
    expect(walkName(date, TODAY)).toBe(name);
  });
});

describe("why it is so many minutes", () => {
  const amber = { walk_on: "2026-11-24", rise: 3 };
  it.each([
    [change("start", { minutes: 8 }), "You start at 8 min, a little below what is comfortable."],
    [
      change("rose", { before: 10, done: 4, planned: 4 }),
      "Up from 10 to 12 min: last week you walked 4 of 4 days, and your back took it well.",
    ],
    [
      change("held_amber", { ...amber, settled_days: 2 }),
      "Held at 12 min: Tuesday's walk raised your pain by 3, and it took 2 days to settle.",
    ],
    [
      change("held_amber", { ...amber, settled_days: 1 }),
      "Held at 12 min: Tuesday's walk raised your pain by 3, and it took a day to settle.",
    ],
    [
      change("held_amber", { ...amber, settled_days: 0 }),
      "Held at 12 min: Tuesday's walk raised your pain by 3, and it settled the same day.",
    ],
    [change("held_amber", amber), "Held at 12 min: Tuesday's walk raised your pain by 3."],
    [
      change("held_amber", { ...amber, rise: 0 }),
      "Held at 12 min: Tuesday's walk was a lot for your back.",
    ],
    [
      change("lowered_red", { ...amber, rise: 4, minutes: 6 }),
      "Down from 12 to 6 min: Tuesday's walk raised your pain by 4, and a day later it was still there. Three easy walks, then it builds up again.",
    ],
    [
      change("held_few", { done: 2, planned: 4 }),
      "Held at 12 min: 2 of 4 days were walked last week, too few to tell whether more is right.",
    ],
  ])("%#", (given, words) => {
    expect(whyWords(given, TODAY)).toBe(words);
  });

  const CODES = [
    ...["start", "rose", "more_days", "at_target", "held_amber", "held_red", "held_few"],
    ...["held_unanswered", "held_waiting", "held_first_week", "held_rest", "lowered_ambers"],
    ...["lowered_red", "easy_over", "lowered_missed", "again", "flare_over"],
  ];
  const plain = { en: "Held at 12 min.", de: "Bleibt bei 12 min." } as const;

  it.each(["en", "de"] as const)(
    "every code of the server has words of its own in %s",
    (locale) => {
      language.use(locale);
      const said = CODES.map((code) => whyWords(change(code, amber), TODAY));
      expect(new Set(said).size).toBe(CODES.length);
      expect(said).not.toContain(plain[locale]);
    },
  );

  it("is said plainly for a code that this version does not know", () => {
    expect(whyWords(change("held_moon"), TODAY)).toBe(plain.en);
  });

  it("is said in German", () => {
    language.use("de");
    expect(whyWords(change("held_amber", { ...amber, settled_days: 2 }), TODAY)).toBe(
      "Bleibt bei 12 min: der Spaziergang am Dienstag hat deinen Schmerz um 3 erhöht, und es dauerte 2 Tage, bis er sich legte.",
    );
  });
});

describe("what a walk did", () => {
  it("is in words, never a colour", () => {
    expect(lightWords({ light: "green", rise: 1 })).toBe("settled well");
    expect(lightWords({ light: "amber", rise: 3 })).toBe("raised your pain by 3, then it settled");
    expect(lightWords({ light: "amber", rise: 1 })).toBe("a lot, then it settled");
    expect(lightWords({ light: "red", rise: 5 })).toBe("raised your pain by 5, too much");
    expect(lightWords({ light: "waiting", rise: null })).toBe("still open");
  });
});

describe("the days of a week", () => {
  const days = marksOf(
    week({
      sessions: [session("2026-11-23"), session("2026-11-24", { light: "amber", rise: 3 })],
      left_out: ["2026-11-28"],
    }),
    TODAY,
  );

  it("each have a shape and words", () => {
    expect(days.map(({ mark }) => mark)).toEqual([
      ...["green", "amber", "missed", "free", "planned", "left_out", "free"],
    ]);
    expect(days[0]?.words).toBe("Monday: 12 min, settled well");
    expect(days[2]?.words).toBe("Wednesday: not walked");
    expect(days[5]?.words).toBe("Saturday: left out");
  });

  it("know which is today", () => {
    expect(days.filter(({ today }) => today).map(({ date }) => date)).toEqual([TODAY]);
  });

  it("are named as near as they are", () => {
    expect(dayLabel(TODAY, TODAY)).toBe("Today");
    expect(dayLabel("2026-11-25", TODAY)).toBe("Yesterday");
    expect(dayLabel("2026-11-23", TODAY)).toBe("Monday");
    expect(dayLabel("2026-11-02", TODAY)).toBe("Mon, Nov 2");
  });
});

it("counts whole minutes, and less than one as one", () => {
  expect([0, 20, 60, 119, 720].map(minutesOf)).toEqual([0, 1, 1, 1, 12]);
});

it("asks after each walk by when it asks", () => {
  const one = { id: "f", walk: { id: "w", started_at: "", seconds: 720 } } as FollowUp;
  expect(followUpWords({ ...one, which: "later" })).toBe(
    "After your walk of 12 min: how is your back?",
  );
  expect(followUpWords({ ...one, which: "morning" })).toContain("The morning after");
  expect(followUpWords({ ...one, which: "day_after" })).toContain("A day after");
});
