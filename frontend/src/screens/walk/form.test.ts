import { beforeEach, describe, expect, it, vi } from "vitest";
import { WalkForm } from "./form.svelte";
import type { WalkBody } from "./types";

const NOW = new Date(2026, 10, 23, 16, 5, 30);

const walk: WalkBody & { id: string } = {
  id: "w",
  started_at: new Date(2026, 10, 22, 15, 0, 42).toISOString(),
  ended_at: new Date(2026, 10, 22, 15, 20, 0).toISOString(),
  ...{ seconds: 905, backward_seconds: 120, planned_minutes: 13, chosen_minutes: 15 },
  ...{ purpose: "walk", source: "timer", stopped: "", distance_m: 900, steps: 1300 },
  ...{ track: null, checklist: ["flat"], note: "The river." },
};

beforeEach(() => vi.useRealTimers());

describe("a walk that is written in", () => {
  it("begins with one that has just ended", () => {
    const form = new WalkForm(null, NOW);
    expect(form.check(NOW)).toBe(true);
    expect(form.touched).toBe(false);
    expect(form.body()).toMatchObject({ seconds: 900, source: "manual" });
  });

  it("can be yesterday's", () => {
    const form = new WalkForm(null, NOW);
    Object.assign(form, { day: "2026-11-22", time: "09:30", minutes: 20 });
    expect(form.check(NOW)).toBe(true);
    expect(form.body()).toMatchObject({
      started_at: new Date(2026, 10, 22, 9, 30).toISOString(),
      ended_at: new Date(2026, 10, 22, 9, 50).toISOString(),
    });
  });

  it("takes no walk that has not been", () => {
    const form = new WalkForm(null, NOW);
    form.minutes = 60;
    expect(form.check(NOW)).toBe(false);
    expect(form.problem).toBeDefined();
    form.day = "";
    expect(form.check(NOW)).toBe(false);
  });

  it("is taken up where it was left", () => {
    const form = new WalkForm(null, NOW);
    Object.assign(form, { minutes: 20, note: "Rain.", before: 3 });
    const later = new WalkForm(null, NOW);
    later.takeUp(form.draft);
    expect(later.draft).toEqual(form.draft);
    expect(later.touched).toBe(true);
  });
});

describe("a walk that is corrected", () => {
  it("stays as exact as it was where nobody changed it", () => {
    const body: Partial<typeof walk> = { ...walk };
    delete body.id;
    const form = new WalkForm(walk, NOW);
    form.note = "The lake.";
    expect(form.body()).toEqual({ ...body, note: "The lake." });
  });

  it("moves as a whole", () => {
    const form = new WalkForm(walk, NOW);
    form.time = "11:00";
    expect(form.body()).toMatchObject({
      started_at: new Date(2026, 10, 22, 11, 0).toISOString(),
      ended_at: new Date(2026, 10, 22, 11, 19, 18).toISOString(),
      seconds: 905,
    });
  });

  it("has no more backward minutes than minutes", () => {
    const form = new WalkForm(walk, NOW);
    form.minutes = 1;
    expect(form.body()).toMatchObject({ seconds: 60, backward_seconds: 60 });
  });
});
