import { render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerFor, ANSWERS, dateOf } from "./began";
import BeganOn from "./BeganOn.svelte";

const NOW = new Date(2026, 10, 23, 0, 30);

beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

describe("when it began", () => {
  it("is a date for every answer, none in the future and each earlier than the last", () => {
    const dates = ANSWERS.map((answer) => dateOf(answer, NOW));
    expect(dates.slice(0, 4)).toEqual(["2026-11-23", "2026-11-22", "2026-11-21", "2026-11-19"]);
    expect([...dates].sort().reverse()).toEqual(dates);
  });

  it("is at least twelve weeks ago where it is three months or more", () => {
    expect(dateOf(ANSWERS.at(-1) as (typeof ANSWERS)[number], NOW) <= "2026-08-31").toBe(true);
  });

  it("reads a date back as the answer that stands for it, or as a day of its own", () => {
    expect(answerFor("2026-11-22", NOW)?.id).toBe("yesterday");
    expect(answerFor("2026-11-14", NOW)).toBeNull();
    expect(answerFor(null, NOW)).toBeNull();
  });
});

describe("the question", () => {
  it("gives the date of what is tapped", () => {
    const onchoose = vi.fn();
    render(BeganOn, { value: null, onchoose });
    screen.getByRole("radio", { name: "About 2 weeks ago" }).click();
    expect(onchoose).toHaveBeenCalledWith("2026-11-09");
  });

  it("says which day a range was taken as", () => {
    render(BeganOn, { value: "2026-11-09", onchoose: vi.fn() });
    expect(screen.getByText(/Taken as Monday 9 November/)).toBeTruthy();
  });

  it("shows a day of its own as a date", () => {
    render(BeganOn, { value: "2026-11-14", onchoose: vi.fn() });
    expect(screen.getByLabelText("The day it began")).toHaveProperty("value", "2026-11-14");
  });

  it("takes no day that has not been", async () => {
    const onchoose = vi.fn();
    render(BeganOn, { value: "2026-11-14", onchoose });
    const field = screen.getByLabelText("The day it began") as HTMLInputElement;
    field.value = "2026-11-24";
    field.dispatchEvent(new Event("change", { bubbles: true }));
    expect(onchoose).not.toHaveBeenCalled();
    expect(await screen.findByText("Choose today or an earlier day.")).toBeTruthy();
  });
});
