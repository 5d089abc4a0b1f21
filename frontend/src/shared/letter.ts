/**
 * What page and worker share about answers to reminders that wait on this phone. Either may write
 * such a row and either may send it: the server takes the same answer any number of times.
 */
export interface GivenAnswer {
  /** The delivery that it answers. */
  id: string;
  answer: string;
  /** RFC 3339: when it was given, which may be long before it is sent. */
  at: string;
  /** The worker sends with it, without a session. The page has a session. */
  token?: string;
}

/** A row of the `outbox` table, under the delivery's id. */
export interface AnswerLetter extends GivenAnswer {
  wish: "answer";
  /** When it was put here; letters leave in this order. */
  stamp: number;
  /**
   * The server will not take it. Never null: pages of the first version, which may still be open
   * in another tab, take every row whose `refused` is null for a score.
   */
  refused?: true;
}

export function answerLetter(given: GivenAnswer, stamp: number): AnswerLetter {
  return { ...given, wish: "answer", stamp };
}

/** As on the server, the first answer stands. Only one that was refused makes room. */
export function firstStands(old: AnswerLetter | undefined, given: AnswerLetter): AnswerLetter {
  return old && !old.refused ? old : given;
}

/** Where windows and the worker tell each other that the outbox has changed, and what about. */
export const OUTBOX_CHANNEL = "backstep.outbox";
export type News = "entry" | "answer" | "write";
