/** Which lines are ticked. Every change makes new ticks; the rules of the two screens live here. */
import type { Fact, Group, Symptoms } from "./types";

export interface Ticks {
  facts: readonly string[];
  /** Groups whose "none of these" is ticked. */
  none: readonly string[];
}

export const SCREENS = [1, 2] as const;
export type ScreenNumber = (typeof SCREENS)[number];

export const NOTHING: Ticks = { facts: [], none: [] };

export function groupsOn(symptoms: Symptoms, screen: ScreenNumber): Group[] {
  return symptoms.groups.filter((group) => group.screen === screen);
}

/** A group's lines as they stand below each other: one with a parent shows while that is ticked. */
export function shownFacts({ facts }: Symptoms, group: string, ticks: Ticks): Fact[] {
  return facts
    .filter((fact) => fact.group === group && !fact.under)
    .flatMap((fact) => [fact, ...(ticks.facts.includes(fact.id) ? under(facts, fact.id) : [])]);
}

export function under(facts: readonly Fact[], parent: string): Fact[] {
  return facts.filter((fact) => fact.under === parent);
}

/** A parent takes what stands below it along; a tick and "none of these" exclude each other. */
export function tick({ facts }: Symptoms, ticks: Ticks, id: string): Ticks {
  if (ticks.facts.includes(id)) {
    const gone = [id, ...under(facts, id).map((fact) => fact.id)];
    return { ...ticks, facts: ticks.facts.filter((one) => !gone.includes(one)) };
  }
  const group = facts.find((fact) => fact.id === id)?.group;
  return { facts: [...ticks.facts, id], none: ticks.none.filter((one) => one !== group) };
}

export function tickNone({ facts }: Symptoms, ticks: Ticks, group: string): Ticks {
  if (ticks.none.includes(group)) {
    return { ...ticks, none: ticks.none.filter((one) => one !== group) };
  }
  const groupOf = new Map(facts.map((fact) => [fact.id, fact.group]));
  const others = ticks.facts.filter((id) => groupOf.get(id) !== group);
  return { facts: others, none: [...ticks.none, group] };
}

/**
 * The group that still needs an answer. On each screen that is its first one, which asks about
 * signs: the others only describe, and may have been ticked for the person.
 */
export function unanswered(symptoms: Symptoms, screen: ScreenNumber, ticks: Ticks): string | null {
  const asking = groupsOn(symptoms, screen)[0]?.id;
  return asking === undefined || isAnswered(symptoms, asking, ticks) ? null : asking;
}

export function isAnswered({ facts }: Symptoms, group: string, ticks: Ticks): boolean {
  if (ticks.none.includes(group)) return true;
  return facts.some((fact) => fact.group === group && ticks.facts.includes(fact.id));
}

/** What was ticked up to this screen, in the order of the table. */
export function tickedUpTo(symptoms: Symptoms, screen: ScreenNumber, ticks: Ticks): string[] {
  const asked = symptoms.groups.filter((group) => group.screen <= screen).map(({ id }) => id);
  return symptoms.facts
    .filter((fact) => asked.includes(fact.group) && ticks.facts.includes(fact.id))
    .map(({ id }) => id);
}
