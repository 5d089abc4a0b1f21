/** An evening question with what waits on this phone laid over what the server said of it. */
import type { LocalEntry, PendingWrite } from "../../offline/outbox";
import type { EveningAnswer, EveningPrompt, Wants } from "./types";

/** Up to here there is no pain to speak of. */
export const LOW = 1;

/** What this phone has not sent yet. */
export interface OnPhone {
  entries: readonly LocalEntry[];
  writes: readonly PendingWrite[];
}

export interface AnswerBody {
  answer: EveningAnswer;
  at: string;
  clinician?: string;
  seen_on?: string;
}

export function answerPath(prompt: string): string {
  return `/pain/prompts/${prompt}/answer`;
}

/** The answer that waits here; of "not better" and what it was made into, the latter. */
export function waitingAnswer(prompt: string, { writes }: OnPhone): AnswerBody | null {
  const path = answerPath(prompt);
  const found = writes.filter((write) => write.path === path && write.state === "waiting").at(-1);
  return found ? (found.body as AnswerBody) : null;
}

/** The server's first answer stands; only "not better" may still become the same, or worse. */
export function withPhone(prompt: EveningPrompt, phone: OnPhone): EveningPrompt {
  if (prompt.closed) return { ...prompt, wants: null };
  const given = waitingAnswer(prompt.id, phone);
  const stands = ["", "not_better", given?.answer].includes(prompt.answer);
  return given && stands ? followed(answered(prompt, given), phone) : followed(prompt, phone);
}

function answered(prompt: EveningPrompt, { answer, at, clinician }: AnswerBody): EveningPrompt {
  const known = prompt.answer === answer && prompt.wants === null;
  const wants = known ? null : wantedAfter(answer, clinician);
  return { ...prompt, answer, answered_at: prompt.answered_at ?? at, wants };
}

function wantedAfter(answer: EveningAnswer, clinician: string | undefined): Wants | null {
  if (answer === "better") return "score";
  if (answer === "seen") return clinician ? null : "who";
  return "check";
}

/** What it asked for may wait on this phone as well. */
function followed(prompt: EveningPrompt, phone: OnPhone): EveningPrompt {
  if (prompt.wants === "check" && hasCheck(prompt, phone)) return { ...prompt, wants: null };
  const score = prompt.wants === "score" ? scoreAfter(prompt, phone) : undefined;
  return score ? { ...prompt, wants: null, closed: score.score <= LOW } : prompt;
}

/** It is the first score after the answer that counts. */
function scoreAfter({ answered_at }: EveningPrompt, { entries }: OnPhone): LocalEntry | undefined {
  const since = Date.parse(answered_at ?? "");
  const after = entries.filter(({ at, state }) => state === "waiting" && Date.parse(at) >= since);
  return after.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
}

function hasCheck({ asked_at }: EveningPrompt, { writes }: OnPhone): boolean {
  const since = Date.parse(asked_at);
  return writes.some(
    ({ about, state, stamp }) => about === "check" && state === "waiting" && stamp >= since,
  );
}
