import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LocalEntry } from "../../offline/outbox";
import { asSent, byDay, isBare, merge } from "./entries";
import type { StoredEntry } from "./types";

const NOW = new Date(2026, 10, 23, 16, 5);

const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).toISOString();

const details = {
  ...{ places: ["low_back_left"], worse: ["sitting"], better: ["heat"] },
  ...{ sleep: "bad", note: "After the long drive." },
};

function stored(id: string, when: string, more: Partial<StoredEntry> = {}): StoredEntry {
  return { id, score: 3, at: when, began_on: null, ...more };
}

function local(id: string, when: string, state: LocalEntry["state"] = "waiting"): LocalEntry {
  return { id, score: 5, at: when, state, reason: null };
}

describe("the entries of the server and of the phone", () => {
  it("are one list, newest first", () => {
    const entries = merge(
      [stored("b", at(23, 9)), stored("a", at(22, 9))],
      [local("c", at(22, 20))],
    );
    expect(entries.map(({ id, kept }) => [id, kept])).toEqual([
      ["b", "server"],
      ["c", "phone"],
      ["a", "server"],
    ]);
  });

  it("show an entry once, as this phone has it, while it is being sent", () => {
    const entries = merge([stored("a", at(23, 9), details)], [local("a", at(23, 9))]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ score: 5, note: "", places: [], kept: "phone" });
  });

  it("keep in sight what the server would not take", () => {
    expect(merge([], [local("a", at(23, 9), "refused")])[0]?.kept).toBe("refused");
  });

  it("read what an earlier version kept as a score with nothing to it", () => {
    const [entry] = merge([stored("a", at(23, 9))], []);
    expect(entry && isBare(entry)).toBe(true);
  });

  it("lose nothing on the way back to the server", () => {
    const began_on = "2026-11-20";
    const [entry] = merge([stored("a", at(23, 9), { ...details, began_on })], []);
    expect(entry && asSent(entry)).toEqual({
      ...{ id: "a", score: 3, at: at(23, 9), began_on },
      ...details,
    });
  });

  it("stay scores of the walk that they were given for", () => {
    const walk = { walk: "w", walk_moment: "later" } as const;
    const [entry] = merge([stored("a", at(23, 9), { ...details, ...walk })], []);
    expect(entry && asSent(entry)).toMatchObject(walk);
  });
});

describe("the days of the diary", () => {
  it("are named as people name them", () => {
    const entries = merge(
      [
        stored("a", at(23, 9)),
        stored("b", at(23, 7)),
        stored("c", at(22, 9)),
        stored("d", at(20, 9)),
      ],
      [],
    );
    expect(byDay(entries, NOW).map(({ name, entries: of }) => [name, of.length])).toEqual([
      ["Today", 2],
      ["Yesterday", 1],
      ["Friday 20 November", 1],
    ]);
  });

  it("end at midnight where nothing else is set", () => {
    const entries = merge([stored("late", at(23, 0)), stored("early", at(22, 23, 59))], []);
    expect(byDay(entries, NOW).map(({ key }) => key)).toEqual(["2026-11-23", "2026-11-22"]);
  });

  it("go on until the person's own hour of the next morning", () => {
    const entries = merge([stored("morning", at(23, 3)), stored("night", at(23, 2, 59))], []);
    const days = byDay(entries, NOW, 3);
    expect(days.map(({ name, entries: [one] }) => [name, one?.id])).toEqual([
      ["Today", "morning"],
      ["Yesterday", "night"],
    ]);
  });

  it("are still called today after midnight, until that hour", () => {
    const entries = merge([stored("evening", at(22, 22))], []);
    const night = new Date(2026, 10, 23, 1, 30);
    expect(byDay(entries, night, 3)[0]?.name).toBe("Today");
    expect(byDay(entries, night)[0]?.name).toBe("Yesterday");
  });
});

describe("where the clocks change in the night", () => {
  const before = process.env["TZ"];
  beforeEach(() => (process.env["TZ"] = "Europe/Berlin"));
  afterEach(() => (process.env["TZ"] = before));

  it("both passes of the hour that comes twice are on the page of the day before", () => {
    // Sunday 25 October 2026: 02:30 in summer time, and once more in winter time.
    const entries = merge(
      [stored("second", "2026-10-25T01:30:00Z"), stored("first", "2026-10-25T00:30:00Z")],
      [],
    );
    const days = byDay(entries, new Date("2026-10-25T12:00:00Z"), 3);
    expect(days.map(({ key, entries: of }) => [key, of.length])).toEqual([["2026-10-24", 2]]);
  });

  it("the day begins after the hour that is skipped", () => {
    // Sunday 29 March 2026: from 02:00 the clock goes to 03:00.
    const entries = merge(
      [stored("after", "2026-03-29T01:00:00Z"), stored("before", "2026-03-29T00:59:00Z")],
      [],
    );
    const days = byDay(entries, new Date("2026-03-29T12:00:00Z"), 3);
    expect(days.map(({ key }) => key)).toEqual(["2026-03-29", "2026-03-28"]);
  });

  it("a day is one day however many hours it has", () => {
    const entries = merge([stored("a", "2026-10-24T20:00:00Z")], []);
    expect(byDay(entries, new Date("2026-10-25T22:00:00Z"))[0]?.name).toBe("Yesterday");
  });
});
