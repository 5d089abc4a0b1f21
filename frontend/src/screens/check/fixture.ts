/** A few questions of the shape of the real ones, for tests. */
import type { Advice, Fact, Level, Row, Symptoms } from "./types";

function fact(id: string, group: string, under: string | null = null): Fact {
  return { id, group, text: `I have ${id}`, hint: null, under };
}

function row(level: Level, ...all_of: string[]): Row {
  const why = `Why ${all_of.join(" and ")}.`;
  return { id: all_of.join("+"), level, all_of, why, sources: ["nhs"], strength: "guideline" };
}

function advice(title: string): Advice {
  return {
    ...{ title, body: `${title} body`, do: [`${title} do`], say: [`${title} say`] },
    ...{ sources: ["nhs"], strength: "guideline" },
  };
}

export const symptoms: Symptoms = {
  wording: "2026-11",
  groups: [
    { id: "today", screen: 1, title: "Any of these, new today?", hint: null },
    { id: "signs", screen: 2, title: "Signs", hint: null },
    { id: "about", screen: 2, title: "About you", hint: null },
    { id: "course", screen: 2, title: "How it goes", hint: null },
  ],
  facts: [
    fact("saddle_numbness", "today"),
    fact("limb_weakness_stable", "today"),
    fact("fever", "signs"),
    fact("limb_numbness", "signs"),
    fact("limb_worsening", "signs", "limb_numbness"),
    fact("limb_cough", "signs", "limb_numbness"),
    fact("minor_fall", "signs"),
    fact("over_50", "about"),
    fact("three_days", "course"),
    fact("not_easing", "course"),
  ],
  rows: [
    row("emergency", "saddle_numbness"),
    row("same_day", "limb_weakness_stable"),
    row("same_day", "fever"),
    row("same_day", "limb_numbness", "limb_cough"),
    row("same_day", "minor_fall", "over_50"),
    row("soon", "limb_numbness"),
    row("soon", "three_days", "not_easing"),
  ],
  levels: {
    emergency: advice("Get help now"),
    same_day: advice("See someone today"),
    soon: advice("Get advice soon"),
    self_care: advice("Look after it"),
  },
  easing: advice("It is easing"),
  waiting: [{ text: "After 2 weeks.", sources: ["nhs"], strength: "guideline" }],
};

export const content = {
  load: () => Promise.resolve(),
  ready: true,
  symptoms,
  sources: { nhs: { name: "NHS", year: 2026, note: null } },
  adviceFor: (level: Level) => symptoms.levels[level],
  countries: ["DE", "GB", "US"],
  numbersFor: (country: string) => ({ DE: ["112"], GB: ["999", "112"] })[country] ?? ["112", "911"],
};
