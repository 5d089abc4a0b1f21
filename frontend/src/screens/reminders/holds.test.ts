import { describe, expect, it } from "vitest";
import type { Hold, Reminder } from "../../api/types";
import { active, holdInWords, holdOn, isSilent, kindsInWords, pauseOf } from "./holds";

const NOW = new Date(2026, 10, 25, 9, 0); // a Wednesday
const midnight = (day: number) => new Date(2026, 10, day).toISOString();

function hold(more: Partial<Hold> = {}): Hold {
  return {
    id: "h",
    kinds: null,
    reason: "pause",
    until: midnight(30),
    created_at: NOW.toISOString(),
    liftable: true,
    ...more,
  };
}

const walk: Reminder = {
  id: "a",
  kind: "walk",
  schedule: { days: [0], times: ["08:00"] },
  enabled: true,
  resting: false,
  next_due_at: new Date(2026, 10, 25, 17, 30).toISOString(),
  created_at: midnight(1),
};

describe("in words", () => {
  it.each([
    [
      "the last day of a pause, not the midnight after it",
      { until: midnight(30) },
      /until Sunday$/,
    ],
    ["a pause for today", { until: midnight(26) }, /^Paused for today$/],
    ["a pause until tomorrow", { until: midnight(27) }, /until tomorrow$/],
    ["not today", { reason: "skip_today", until: midnight(26) }, /^Not today$/],
    [
      "not now, with its end",
      { reason: "not_now", until: new Date(2026, 10, 25, 10, 30).toISOString() },
      /^Not now until 10:30/,
    ],
    ["a flare, which has no end yet", { reason: "flare", until: null }, /flare/],
    ["an emergency", { reason: "emergency", until: null }, /doctor/],
  ] as [string, Partial<Hold>, RegExp][])("it names %s", (_, more, words) => {
    expect(holdInWords(hold(more), NOW)).toMatch(words);
  });

  it("it names the kinds, or all of them", () => {
    expect(kindsInWords(hold())).toBe("All reminders");
    expect(kindsInWords(hold({ kinds: ["walk", "move"] }))).toBe("Walk and Change position");
  });
});

describe("what holds now", () => {
  it("leaves out what has ended since this phone last asked", () => {
    const ended = hold({ until: midnight(25) });
    expect(active([ended, hold({ until: null })], NOW)).toHaveLength(1);
    expect(pauseOf([ended], NOW)).toBeNull();
  });

  it("calls only a hold on everything a pause, and takes the one that ends last", () => {
    const long = hold({ id: "long" });
    const short = hold({ id: "short", until: midnight(26) });
    expect(pauseOf([short, long, hold({ kinds: ["walk"] })], NOW)?.id).toBe("long");
    expect(pauseOf([hold({ kinds: ["walk"] }), hold({ reason: "flare" })], NOW)).toBeNull();
  });
});

describe("a reminder", () => {
  it("is held when its next time falls into the hold, and only for its kind", () => {
    expect(holdOn(walk, [hold()])).not.toBeNull();
    expect(holdOn(walk, [hold({ until: new Date(2026, 10, 25, 12).toISOString() })])).toBeNull();
    expect(holdOn(walk, [hold({ kinds: ["move"] })])).toBeNull();
  });

  it("that is off is not held", () => {
    expect(holdOn({ ...walk, enabled: false }, [hold()])).toBeNull();
  });
});

it("is not announced as next when it is held, rests, or falls into the quiet hours", () => {
  const evening = { from: "17:00", to: "18:00" };
  expect(isSilent(walk, [], null)).toBe(false);
  expect(isSilent(walk, [hold()], null)).toBe(true);
  expect(isSilent({ ...walk, resting: true }, [], null)).toBe(true);
  expect(isSilent(walk, [], evening)).toBe(true);
  expect(isSilent({ ...walk, next_due_at: null }, [], evening)).toBe(false);
});
