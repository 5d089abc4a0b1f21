import { describe, expect, it } from "vitest";
import { momentName, momentOf, momentsBefore, troubleWith } from "./moments";

const on = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

const offered = (now: Date, endsAt = 0) =>
  momentsBefore(now, endsAt).map((moment) => [momentName(moment, now), moment.at]);

describe("the times that people name", () => {
  it("are those of today that have been, and the evening before", () => {
    expect(offered(on(23, 16))).toEqual([
      ["This afternoon", on(23, 14)],
      ["This morning", on(23, 8)],
      ["Yesterday evening", on(22, 20)],
    ]);
  });

  it("are none of today's in the early morning", () => {
    expect(offered(on(23, 7))).toEqual([["Yesterday evening", on(22, 20)]]);
  });

  it.each([
    [on(23, 8, 29), 1],
    [on(23, 8, 30), 2],
  ])("are past for half an hour before they are offered: %s", (now, count) => {
    expect(offered(now)).toHaveLength(count);
  });

  it("never lie in the future, whatever the hour", () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const now = on(23, hour);
      for (const { at } of momentsBefore(now, 4)) expect(at.getTime()).toBeLessThan(now.getTime());
    }
  });

  it("count from the day that is not over yet for somebody who is still up", () => {
    const evenings = momentsBefore(on(23, 1, 30), 3).map(({ at }) => at);
    expect(evenings).toEqual([on(22, 20), on(22, 14), on(22, 8), on(21, 20)]);
  });
});

describe("a day and time of one's own", () => {
  const now = on(23, 16);

  it("is a moment on this phone's clock", () => {
    expect(momentOf("2026-11-20", "21:15")).toEqual(on(20, 21, 15));
  });

  it.each([
    ["", "21:15"],
    ["2026-11-20", ""],
  ])("is asked for where half of it is missing: %s %s", (day, time) => {
    expect(troubleWith(momentOf(day, time), now)).toBe("missing");
  });

  it("may be this very minute, but not the next", () => {
    expect(troubleWith(momentOf("2026-11-23", "16:00"), now)).toBeNull();
    expect(troubleWith(momentOf("2026-11-23", "16:01"), now)).toBe("future");
  });
});
