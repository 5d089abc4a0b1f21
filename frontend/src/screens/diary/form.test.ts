import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DiaryEntry } from "./entries";
import { EntryForm } from "./form.svelte";
import { momentsBefore } from "./moments";

const NOW = new Date(2026, 10, 23, 16, 5, 30);

const entry: DiaryEntry = {
  ...{ id: "a", score: 6, at: new Date(2026, 10, 18, 18, 0, 42), beganOn: "2026-11-18" },
  ...{ places: ["low_back_left"], worse: ["lifting"], better: [], sleep: "bad", note: "The box." },
  kept: "server",
};

beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

describe("a new entry", () => {
  it("needs nothing but a score", () => {
    const form = new EntryForm(null);
    expect(form.check(NOW)).toBe(false);
    expect(form.problems.score).toBeDefined();
    form.chooseScore(4);
    expect(form.check(NOW)).toBe(true);
    expect(form.entry(NOW)).toMatchObject({ score: 4, at: NOW.toISOString(), began_on: null });
  });

  it("is of the moment of saving, however long it lay open", () => {
    const form = new EntryForm(null);
    form.chooseScore(4);
    const later = new Date(NOW.getTime() + 3_600_000);
    expect(form.entry(later).at).toBe(later.toISOString());
  });

  it("can be of yesterday evening", () => {
    const form = new EntryForm(null);
    form.chooseScore(4);
    const evening = momentsBefore(NOW, 0).find(({ id }) => id === "yesterday_evening");
    if (evening) form.chooseMoment(evening);
    expect(form.entry(NOW).at).toBe(new Date(2026, 10, 22, 20).toISOString());
  });

  it("takes no time that has not been", () => {
    const form = new EntryForm(null);
    form.chooseScore(4);
    form.chooseOwn();
    form.time = "16:30";
    expect(form.check(NOW)).toBe(false);
    expect(form.problems.when).toBeDefined();
  });

  it("counts as touched once something was entered, and not before", () => {
    const form = new EntryForm(null);
    expect(form.touched).toBe(false);
    form.note = "T";
    expect(form.touched).toBe(true);
  });
});

describe("an entry that is changed", () => {
  it("goes on belonging to the walk that it was scored for", () => {
    const walk = { walk: "w", walk_moment: "after" } as const;
    expect(new EntryForm({ ...entry, walk }).entry(NOW)).toMatchObject(walk);
    expect(new EntryForm(entry).entry(NOW)).not.toHaveProperty("walk");
  });

  it("keeps its id, its exact time and all its details", () => {
    const form = new EntryForm(entry);
    expect(form.touched).toBe(false);
    form.chooseScore(5);
    expect(form.entry(NOW)).toEqual({
      ...{ id: "a", score: 5, at: entry.at.toISOString(), began_on: "2026-11-18" },
      ...{ places: ["low_back_left"], worse: ["lifting"], better: [], sleep: "bad" },
      note: "The box.",
    });
  });

  it("moves to the day and time that are typed", () => {
    const form = new EntryForm(entry);
    form.day = "2026-11-17";
    expect(form.entry(NOW).at).toBe(new Date(2026, 10, 17, 18, 0).toISOString());
  });

  it("takes what is tapped, and gives it up on a second tap", () => {
    const form = new EntryForm(entry);
    form.toggle("places", "calf_left");
    form.toggle("places", "low_back_left");
    expect(form.entry(NOW).places).toEqual(["calf_left"]);
    // What was handed in stays as it was, for the undo.
    expect(entry.places).toEqual(["low_back_left"]);
  });
});

describe("a draft", () => {
  it("brings everything back, under the same id", () => {
    const form = new EntryForm(null);
    form.chooseScore(7);
    form.toggle("worse", "sitting");
    form.note = "half a sent";
    const kept = JSON.parse(JSON.stringify(form.draft));
    const again = new EntryForm(null);
    again.takeUp(kept);
    expect(again.draft).toEqual(kept);
    expect(again.id).toBe(form.id);
    expect(again.touched).toBe(true);
  });

  it.each([
    [30, NOW.getMinutes() + 30],
    [31, NOW.getMinutes()],
  ])("that lay for %i minutes is about the minute %i", (minutes, of) => {
    const form = new EntryForm(null);
    form.chooseScore(7);
    const later = new Date(2026, 10, 23, 16, 5 + minutes);
    vi.setSystemTime(later);
    const again = new EntryForm(null);
    again.takeUp(form.draft);
    expect(new Date(again.entry(later).at).getMinutes()).toBe(of);
  });

  it("of this morning is still of that morning on the next day", () => {
    const form = new EntryForm(null);
    const morning = momentsBefore(NOW, 0).find(({ id }) => id === "this_morning");
    if (morning) form.chooseMoment(morning);
    form.chooseScore(7);
    const tomorrow = new Date(2026, 10, 24, 12);
    const again = new EntryForm(null);
    again.takeUp(form.draft);
    expect(again.when).toBe("own");
    expect(again.entry(tomorrow).at).toBe(new Date(2026, 10, 23, 8).toISOString());
  });
});
