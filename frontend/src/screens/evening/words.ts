/** What the evening screen says. Whom to ask when is from the sources that /check/why names. */
import { longDate } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { LOW } from "./prompt";
import type { Stage } from "./stage";
import type { Episode, EveningAnswer, EveningPrompt } from "./types";

const TWO_WEEKS = 14;
const FOUR_WEEKS = 28;

const noted: Record<EveningAnswer, () => string> = {
  better: m.evening_noted_better,
  same: m.evening_noted_same,
  worse: m.evening_noted_worse,
  seen: m.evening_noted_seen,
  not_better: m.evening_noted_not_better,
};

export interface Told {
  prompt: EveningPrompt;
  /** The open episode, where it is known from now. */
  episode: Episode | null;
  /** Given on this screen. */
  score: number | null;
}

export function titleOf(stage: Stage, { prompt, score }: Told): string {
  if (stage === "ask") return question(prompt);
  if (stage === "which") return m.evening_which_title();
  if (stage === "score") return m.evening_score_title();
  if (stage === "who") return m.evening_who_title();
  if (stage === "closed") return score === null ? m.evening_closed() : m.evening_over();
  const said = score === null ? notedOf(prompt) : m.evening_noted_score({ score });
  return stage === "check" ? m.evening_check_title({ noted: said }) : said;
}

export function bodyOf(stage: Stage, told: Told): string {
  const { prompt, score } = told;
  if (stage === "ask") return reason(told);
  if (stage === "which") return m.evening_which_body();
  if (stage === "score") return m.evening_score_body();
  if (stage === "who") return m.episode_seen_body();
  if (stage === "check") return checkBody(prompt);
  if (stage === "closed") return score === null ? m.evening_closed_body() : m.evening_over_body();
  return next(told);
}

function question({ day }: EveningPrompt): string {
  return day === null ? m.evening_question_plain() : m.evening_question({ day });
}

/** Why it is asked now. How long to wait at home differs from source to source, and it says so. */
function reason({ prompt: { day }, episode }: Told): string {
  if (episode?.chronic) return m.evening_body_chronic();
  if (day === null || day < TWO_WEEKS) return m.evening_body_days();
  return day < FOUR_WEEKS ? m.evening_body_weeks() : m.evening_body_month();
}

function checkBody({ answer, day }: EveningPrompt): string {
  if (answer === "worse") return m.evening_check_body_worse();
  return day !== null && day >= FOUR_WEEKS ? m.evening_body_month() : m.evening_check_body();
}

function notedOf({ answer }: EveningPrompt): string {
  return answer === "" ? m.answer_noted() : noted[answer]();
}

/** When it is asked again: the server plans that, so nothing is promised before it has said so. */
function next({ prompt, episode, score }: Told): string {
  if (prompt.answer === "seen") return m.evening_seen_next();
  if (!episode) return score !== null && score <= LOW ? "" : m.evening_again_some();
  if (!episode.next_prompt_at) return m.evening_again_none();
  return m.evening_again({ date: longDate(new Date(episode.next_prompt_at)) });
}
