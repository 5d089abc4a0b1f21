import { expect, it } from "vitest";
import { m } from "../../paraglide/messages.js";
import { time } from "../../frame/format";
import { choiceName, outcomeOf, wordsOf } from "./words";

const at = "2026-11-23T08:20:00Z";
const soon = new Date("2026-11-23T08:21:00Z");
const evening = new Date("2026-11-23T20:00:00Z");

it.each([
  ["snooze_15", "2026-11-23T08:35:00Z"],
  ["snooze_60", "2026-11-23T09:20:00Z"],
])("%s says when it comes again", (answer, again) => {
  const { title } = outcomeOf({ answer, at }, "walk", soon);
  expect(title).toBe(m.answer_again({ time: time(new Date(again)) }));
});

it("promises nothing for a time that has passed", () => {
  const { title, next } = outcomeOf({ answer: "snooze_15", at }, "walk", evening);
  expect(title).toBe(m.answer_put_off({ time: time(new Date("2026-11-23T08:35:00Z")) }));
  expect(next).toBe("");
});

it("keeps prompts that come every so often quiet for an hour instead of putting one off", () => {
  expect(choiceName("snooze_60", "move")).toBe(m.answer_snooze_move());
  expect(outcomeOf({ answer: "snooze_60", at }, "move", soon).title).toBe(
    m.answer_quiet({ time: time(new Date("2026-11-23T09:20:00Z")) }),
  );
});

it("notes what was done in the kind's own words", () => {
  expect(outcomeOf({ answer: "done", at }, "walk", soon).title).toBe(m.answer_noted_walk());
  expect(outcomeOf({ answer: "done", at }, "move", soon).title).toBe(m.answer_noted_move());
  expect(outcomeOf({ answer: "done", at }, "hydration", soon).title).toBe(m.answer_noted());
});

it.each(["excellent", "constructor"])("has plain words for the answer %j", (answer) => {
  expect(outcomeOf({ answer, at }, "walk", soon).title).toBe(m.answer_noted());
});

it.each([
  ["ready", m.answer_noted_ready],
  ["not_yet", m.answer_noted_not_yet],
  ["better", m.evening_noted_better],
  ["not_better", m.evening_noted_not_better],
  ["seen", m.evening_noted_seen],
])("repeats the answer %s of a kind with its own", (answer, words) => {
  expect(outcomeOf({ answer, at }, "step_up", soon).title).toBe(words());
});

it.each(["", "hydration", "constructor", "__proto__"])("asks plainly for the kind %j", (kind) => {
  expect(wordsOf(kind).question()).toBe(m.answer_question());
});
