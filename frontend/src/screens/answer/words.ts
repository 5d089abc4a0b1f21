/** What the answer screen says, by the kind of reminder. A kind of a later version gets plain words. */
import type { IconName } from "../../components/icons";
import { time } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import type { AnswerId, Given } from "./answer.svelte";

interface Words {
  icon: IconName;
  question: () => string;
  done: () => string;
  noted: () => string;
  /** Its answer is given on a screen of its own, which the message led to; the way there. */
  elsewhere?: () => string;
}

const plain: Words = {
  icon: "bell",
  question: m.answer_question,
  done: m.answer_done,
  noted: m.answer_noted,
};

const kinds: Record<string, Words> = {
  walk: {
    icon: "move",
    question: m.answer_question_walk,
    done: m.answer_done_walk,
    noted: m.answer_noted_walk,
  },
  move: {
    icon: "swap",
    question: m.answer_question_move,
    done: m.answer_done_move,
    noted: m.answer_noted_move,
  },
  check_in: { ...plain, icon: "note", question: m.today_question, elsewhere: m.answer_score },
  unresolved_pain: {
    ...plain,
    icon: "moon",
    question: m.evening_question_plain,
    elsewhere: m.today_prompt_answer,
  },
  step_up: { ...plain, icon: "flare", question: m.flare_ready_question },
  measure: {
    ...plain,
    icon: "sliders",
    question: m.answer_question_measure,
    elsewhere: m.answer_measure,
  },
};

export function wordsOf(kind: string): Words {
  return Object.hasOwn(kinds, kind) ? (kinds[kind] ?? plain) : plain;
}

const choices: Record<AnswerId, () => string> = {
  done: m.answer_done,
  snooze_15: m.answer_snooze_15,
  snooze_60: m.answer_snooze_60,
  skip_today: m.answer_skip_today,
  ready: m.flare_ready,
  not_yet: m.flare_not_yet,
};

export function choiceName(answer: AnswerId, kind: string): string {
  if (answer === "done") return wordsOf(kind).done();
  return isForAnHour(answer, kind) ? m.answer_snooze_move() : choices[answer]();
}

/** Prompts that come every so often are not put off by an hour: they are quiet for it. */
function isForAnHour(answer: string, kind: string): boolean {
  return kind === "move" && answer === "snooze_60";
}

const icons: Partial<Record<AnswerId, IconName>> = { ready: "check", not_yet: "pause" };

export function choiceIcon(answer: AnswerId): IconName {
  return icons[answer] ?? "clock";
}

const SNOOZE_MS: Record<string, number> = { snooze_15: 15 * 60_000, snooze_60: 60 * 60_000 };

export interface Outcome {
  title: string;
  next: string;
}

/** Answers that only some kinds know. */
const outcomes: Record<string, () => Outcome> = {
  ready: () => ({ title: m.answer_noted_ready(), next: m.answer_noted_ready_next() }),
  not_yet: () => ({ title: m.answer_noted_not_yet(), next: m.answer_noted_not_yet_next() }),
  better: () => ({ title: m.evening_noted_better(), next: "" }),
  not_better: () => ({ title: m.evening_noted_not_better(), next: "" }),
  same: () => ({ title: m.evening_noted_same(), next: "" }),
  worse: () => ({ title: m.evening_noted_worse(), next: "" }),
  seen: () => ({ title: m.evening_noted_seen(), next: m.evening_seen_next() }),
};

/** What was noted, and what comes next. */
export function outcomeOf({ answer, at }: Given, kind: string, now: Date): Outcome {
  if (Object.hasOwn(SNOOZE_MS, answer)) {
    const until = new Date(new Date(at).getTime() + (SNOOZE_MS[answer] ?? 0));
    return isForAnHour(answer, kind) ? quiet(until) : putOff(until, now);
  }
  const own = Object.hasOwn(outcomes, answer) ? outcomes[answer] : undefined;
  if (own) return own();
  if (answer === "skip_today") return { title: m.answer_skipped(), next: m.answer_skipped_next() };
  if (answer === "done") return { title: wordsOf(kind).noted(), next: m.answer_noted_next() };
  return { title: m.answer_noted(), next: m.answer_noted_next() };
}

function putOff(until: Date, now: Date): Outcome {
  if (until <= now) return { title: m.answer_put_off({ time: time(until) }), next: "" };
  return { title: m.answer_again({ time: time(until) }), next: m.answer_again_next() };
}

function quiet(until: Date): Outcome {
  return { title: m.answer_quiet({ time: time(until) }), next: m.answer_quiet_next() };
}
