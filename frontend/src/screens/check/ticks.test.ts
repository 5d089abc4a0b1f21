import { expect, it } from "vitest";
import { symptoms } from "./fixture";
import { isAnswered, NOTHING, shownFacts, tick, tickedUpTo, tickNone, unanswered } from "./ticks";

const ticking = (...facts: string[]) =>
  facts.reduce((ticks, fact) => tick(symptoms, ticks, fact), NOTHING);
const shown = (group: string, ...facts: string[]) =>
  shownFacts(symptoms, group, ticking(...facts)).map(({ id }) => id);

it("a tick is taken back by a second one", () => {
  expect(ticking("fever", "minor_fall", "fever").facts).toEqual(["minor_fall"]);
});

it("none of these unticks its own group and no other", () => {
  const ticks = tickNone(symptoms, ticking("fever", "over_50"), "signs");
  expect(ticks).toEqual({ facts: ["over_50"], none: ["signs"] });
});

it("a tick unticks its own group's none of these and no other", () => {
  const none = tickNone(symptoms, tickNone(symptoms, NOTHING, "signs"), "about");
  expect(tick(symptoms, none, "fever")).toEqual({ facts: ["fever"], none: ["about"] });
});

it("none of these is taken back by a second tap", () => {
  const none = tickNone(symptoms, NOTHING, "signs");
  expect(tickNone(symptoms, none, "signs")).toEqual(NOTHING);
});

it("further questions stand right below the line that brings them", () => {
  expect(shown("signs")).toEqual(["fever", "limb_numbness", "minor_fall"]);
  expect(shown("signs", "limb_numbness")).toEqual([
    ...["fever", "limb_numbness", "limb_worsening", "limb_cough", "minor_fall"],
  ]);
});

it("what stands below a line goes when the line is unticked", () => {
  expect(ticking("limb_numbness", "limb_cough", "limb_numbness").facts).toEqual([]);
});

it("none of these takes the further questions along", () => {
  const ticks = tickNone(symptoms, ticking("limb_numbness", "limb_cough"), "signs");
  expect(ticks.facts).toEqual([]);
});

it("a screen is answered by a tick or by none of these", () => {
  expect(unanswered(symptoms, 1, NOTHING)).toBe("today");
  expect(unanswered(symptoms, 1, ticking("saddle_numbness"))).toBeNull();
  expect(unanswered(symptoms, 1, tickNone(symptoms, NOTHING, "today"))).toBeNull();
});

it("what describes the person does not answer the question about signs", () => {
  expect(unanswered(symptoms, 2, ticking("over_50", "three_days"))).toBe("signs");
  expect(isAnswered(symptoms, "about", ticking("over_50"))).toBe(true);
});

it("facts are told in the table's order, up to the screen that was reached", () => {
  const ticks = ticking("over_50", "fever", "saddle_numbness");
  expect(tickedUpTo(symptoms, 2, ticks)).toEqual(["saddle_numbness", "fever", "over_50"]);
  expect(tickedUpTo(symptoms, 1, ticks)).toEqual(["saddle_numbness"]);
});
