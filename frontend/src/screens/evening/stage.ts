import type { EveningPrompt } from "./types";

/**
 * What the screen is about: the question, what an answer asked for, or that nothing is left to do.
 * `which`: "not better" was said on the lock screen, which has room for two answers. `who`: also
 * before anything is kept, so that a slip of the thumb ends no counting.
 */
export type Stage = "ask" | "which" | "score" | "who" | "check" | "closed" | "done";

export function stageOf({ answer, wants, closed }: EveningPrompt, seeing: boolean): Stage {
  if (closed) return "closed";
  if (wants === "answer") return seeing ? "who" : "ask";
  if (wants === "check" && answer === "not_better") return "which";
  return wants ?? "done";
}
