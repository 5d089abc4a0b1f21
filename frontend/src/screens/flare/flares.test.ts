import { describe, expect, it } from "vitest";
import { dayOf, lengthOf, openOf, standing } from "./flares";
import type { Flare } from "./types";

const at = (day: number, hour = 9) => new Date(2026, 10, day, hour).toISOString();

function flare(id: string, began: number, ended: number | null = null): Flare {
  const ended_at = ended === null ? null : at(ended);
  return { id, began_at: at(began), ended_at, resume_percent: null, day: null };
}

function write(method: "PUT" | "DELETE", path: string, day = 23) {
  return { method, path: `/pain/flares/${path}`, body: { at: at(day) }, state: "waiting" as const };
}

describe("what stands on this phone", () => {
  it("is what the server said, as long as nothing waits", () => {
    const known = [flare("b", 20), flare("a", 3, 7)];
    expect(standing(known, [])).toEqual(known);
    expect(openOf(known)?.id).toBe("b");
  });

  it("has a flare that was begun without a network", () => {
    const [begun] = standing([flare("a", 3, 7)], [write("PUT", "b")]);
    expect(begun).toMatchObject({ id: "b", began_at: at(23), ended_at: null });
  });

  it("has none that was begun and taken back", () => {
    expect(standing([], [write("PUT", "b"), write("DELETE", "b")])).toEqual([]);
  });

  it("has one that was begun and ended without a network as ended", () => {
    const flares = standing([], [write("PUT", "b"), write("PUT", "b/end", 24)]);
    expect(flares).toMatchObject([{ id: "b", ended_at: at(24) }]);
    expect(openOf(flares)).toBeNull();
  });

  it("has one at a time: the server would not begin a second", () => {
    expect(standing([flare("a", 20)], [write("PUT", "b")]).map(({ id }) => id)).toEqual(["a"]);
  });

  it("ends a flare once", () => {
    const [ended] = standing([flare("a", 3, 7)], [write("PUT", "a/end", 20)]);
    expect(ended?.ended_at).toBe(at(7));
  });

  it("does not follow what the server refused", () => {
    expect(standing([], [{ ...write("PUT", "b"), state: "refused" }])).toEqual([]);
  });
});

describe("the day", () => {
  const late = { ...flare("a", 20), began_at: at(20, 23) };

  it.each([
    [at(20, 23), 1],
    [at(21, 0), 2],
    [at(21, 22), 2],
    [at(22, 0), 3],
  ])("at %s is day %i, by the calendar", (now, day) => {
    expect(dayOf(late, new Date(now))).toBe(day);
  });

  it("is the first where this phone's clock is behind", () => {
    expect(dayOf(late, new Date(at(19)))).toBe(1);
  });

  it("of the end counts, too", () => {
    expect(lengthOf(flare("a", 3, 7), new Date(at(23)))).toBe(5);
    expect(lengthOf(flare("a", 3, 3), new Date(at(23)))).toBe(1);
  });
});
