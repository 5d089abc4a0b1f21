/** What follows from what somebody ticked. The server has the same function: safety/rules.py. */

/** From the mildest to the most urgent. */
export const LEVELS = ["self_care", "soon", "same_day", "emergency"] as const;
export type Level = (typeof LEVELS)[number];

/** Where all of these facts are true, the level is at least this one. */
export interface Rule {
  id: string;
  level: Level;
  all_of: readonly string[];
}

export interface Assessment {
  level: Level;
  /** The ids of all rows that matched, in the order of the table. */
  rows: string[];
}

/** The most urgent of all rows that match; none is self-care. More facts never lower it. */
export function assess(rules: readonly Rule[], facts: readonly string[]): Assessment {
  const matched = rules.filter(({ all_of }) => all_of.every((fact) => facts.includes(fact)));
  const urgency = Math.max(0, ...matched.map(({ level }) => LEVELS.indexOf(level)));
  return { level: LEVELS[urgency] ?? "emergency", rows: matched.map(({ id }) => id) };
}
