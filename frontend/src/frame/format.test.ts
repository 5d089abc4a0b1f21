import { beforeEach, describe, expect, it, vi } from "vitest";
import { overwriteGetLocale } from "../paraglide/runtime.js";
import {
  capitalised,
  clockTime,
  dayAndTime,
  dayName,
  daysAway,
  daysInWords,
  longDate,
  momentInWords,
  time,
} from "./format";

const NOW = new Date(2026, 10, 23, 16, 5); // a Monday

function speak(locale: "en" | "de", ...browser: string[]) {
  overwriteGetLocale(() => locale);
  vi.spyOn(navigator, "languages", "get").mockReturnValue(browser);
}

beforeEach(() => speak("en", "en-GB"));

describe("days", () => {
  it("are counted by the calendar, not by 24 hours", () => {
    expect(daysAway(new Date(2026, 10, 23, 0, 0), NOW)).toBe(0);
    expect(daysAway(new Date(2026, 10, 22, 23, 59), NOW)).toBe(-1);
    expect(daysAway(new Date(2026, 10, 24, 0, 0), NOW)).toBe(1);
  });

  it("are still whole days across a change of the clocks", () => {
    const before = new Date(2026, 9, 24, 12, 0);
    expect(daysAway(new Date(2026, 9, 26, 12, 0), before)).toBe(2);
  });

  it("are named as people name them", () => {
    expect(dayName(NOW, NOW)).toBe("today");
    expect(dayName(new Date(2026, 10, 22), NOW)).toBe("yesterday");
    expect(dayName(new Date(2026, 10, 24), NOW)).toBe("tomorrow");
    expect(dayName(new Date(2026, 10, 27), NOW)).toBe("Friday");
    expect(dayName(new Date(2026, 10, 30), NOW)).toBe("Monday 30 November");
  });

  it("follow the app's language", () => {
    speak("de", "en-GB");
    expect(capitalised(dayAndTime(new Date(2026, 10, 23, 17, 30), NOW))).toBe("Heute 17:30");
  });
});

describe("times", () => {
  it("are written as the person's region writes them", () => {
    const at = new Date(2026, 10, 23, 17, 30);
    expect(time(at)).toBe("17:30");
    speak("en", "en-US", "en");
    expect(time(at)).toMatch(/^05:30\sPM$/);
    expect(clockTime("17:30")).toMatch(/^05:30\sPM$/);
  });

  it("fall back to a 24-hour clock when the browser names no region", () => {
    speak("en", "en", "fr-FR");
    expect(clockTime("17:30")).toBe("17:30");
  });
});

describe("moments", () => {
  it.each([
    [new Date(2026, 10, 23, 7, 40), "this morning"],
    [new Date(2026, 10, 23, 12, 0), "this afternoon"],
    [new Date(2026, 10, 22, 18, 0), "yesterday evening"],
    [new Date(2026, 10, 20, 9, 0), "on Friday 20 November"],
  ])("%s is said as %s", (at, words) => {
    expect(momentInWords(at, NOW)).toBe(words);
  });
});

describe("days of a schedule", () => {
  it.each([
    [[0, 1, 2, 3, 4, 5, 6], "Every day"],
    [[4, 3, 2, 1, 0], "Monday to Friday"],
    [[5, 6], "Saturday and Sunday"],
    [[4, 0, 2], "Mon, Wed and Fri"],
    [[6], "Sun"],
  ])("%j is said as %s", (days, words) => {
    expect(daysInWords(days)).toBe(words);
  });
});

describe("our own calendar words", () => {
  const year = Array.from({ length: 366 }, (_, day) => new Date(2028, 0, 1 + day));
  const parts = { weekday: "long", day: "numeric", month: "long" } as const;

  it.each([
    ["en", "en-GB"],
    ["de", "de-DE"],
  ] as const)("name every day as Intl does in %s", (locale, region) => {
    speak(locale, region);
    const plain = (words: string) => words.replace(/,/g, "");
    const expected = new Intl.DateTimeFormat(region, parts);
    expect(year.map((day) => plain(longDate(day)))).toEqual(
      year.map((day) => plain(expected.format(day))),
    );
  });
});
