/** The last days as a person reads them: what became of each reminder, in plain words. */
import type { Delivery } from "../../api/types";
import { capitalised, dayName, daysAway, time } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { kindName } from "./words";

export interface Line {
  id: string;
  kind: string;
  words: string;
  /** Newest first, as everything here; one, unless the same became of several in a row. */
  times: Date[];
  done: boolean;
}

export interface Day {
  key: string;
  name: string;
  summary: string;
  lines: Line[];
}

export function byDay(entries: readonly Delivery[], now: Date): Day[] {
  const days = new Map<number, Delivery[]>();
  for (const entry of entries) {
    const away = daysAway(new Date(entry.due_at), now);
    days.set(away, [...(days.get(away) ?? []), entry]);
  }
  return [...days].map(([away, ofDay]) => ({
    key: String(away),
    name: capitalised(dayName(new Date(ofDay[0]?.due_at ?? now), now)),
    summary: summaryOf(ofDay),
    lines: linesOf(ofDay),
  }));
}

function summaryOf(entries: readonly Delivery[]): string {
  const sent = entries.filter(({ state }) => state === "sent").length;
  const answered = entries.filter(({ answer }) => answer !== "").length;
  if (sent === 0) return m.history_summary_none();
  return answered === 0 ? m.history_summary_sent({ sent }) : m.history_summary({ sent, answered });
}

/** Several in a row that were skipped for one reason are one line: "10:30 to 12:00, 3 times". */
function linesOf(entries: readonly Delivery[]): Line[] {
  const lines: Line[] = [];
  for (const entry of entries) {
    const line = lineOf(entry);
    const last = lines.at(-1);
    const again = last && entry.state === "skipped" && alike(last, line);
    if (again) last.times.push(...line.times);
    else lines.push(line);
  }
  return lines;
}

function alike(one: Line, other: Line): boolean {
  return one.kind === other.kind && one.words === other.words;
}

function lineOf(entry: Delivery): Line {
  return {
    id: entry.id,
    kind: kindName(entry.kind),
    words: outcome(entry),
    times: [new Date(entry.due_at)],
    done: entry.answer === "done",
  };
}

/** "Shown, done at 08:20", "Skipped, quiet hours" */
export function outcome(entry: Delivery): string {
  const { state, reason } = entry;
  if (state === "sent") return `${arrival(entry)}, ${reaction(entry)}`;
  if (state === "skipped") return m.history_skipped({ reason: reasonInWords(reason) });
  if (state === "failed") return m.history_failed({ reason: reasonInWords(reason) });
  return reason === "quiet_hours" ? m.history_waits() : m.history_pending();
}

function arrival({ question, shown_at }: Delivery): string {
  if (question) return m.history_question();
  return shown_at ? m.history_shown() : m.history_sent();
}

const answers: Record<string, (at: { time: string }) => string> = {
  done: m.history_done,
  snooze_15: m.history_snooze_15,
  snooze_60: m.history_snooze_60,
  skip_today: m.history_skip_today,
};

/** The strongest sign counts: an answer, then that it was opened, then that it was put away. */
function reaction({ answer, answered_at, opened_at, dismissed_at }: Delivery): string {
  if (answer && answered_at) return (answers[answer] ?? m.history_answered)(at(answered_at));
  if (opened_at) return m.history_opened(at(opened_at));
  return dismissed_at ? m.history_dismissed(at(dismissed_at)) : m.history_unanswered();
}

function at(moment: string): { time: string } {
  return { time: time(new Date(moment)) };
}

const reasons: Record<string, () => string> = {
  disabled: m.reason_disabled,
  done: m.reason_done,
  answered: m.reason_answered,
  ended: m.reason_ended,
  stale: m.reason_stale,
  held: m.reason_held,
  quiet_hours: m.reason_quiet_hours,
  cap: m.reason_cap,
  resting: m.reason_resting,
  no_device: m.reason_no_device,
  gone: m.reason_gone,
  refused: m.reason_refused,
  unreachable: m.reason_unreachable,
  set_aside: m.reason_set_aside,
  broken: m.reason_broken,
  withdrawn: m.reason_withdrawn,
  rest_day: m.reason_rest_day,
  gate: m.reason_gate,
};

/** An older app meets a newer server's reasons, and still says something true. */
export function reasonInWords(reason: string): string {
  return (reasons[reason] ?? m.reason_unknown)();
}
