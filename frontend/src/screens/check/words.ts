/** What a check says in sentences: its level, what was ticked, and what to tell a clinician. */
import { content } from "../../content/content.svelte";
import { longDate, time } from "../../frame/format";
import { LEVELS } from "../../shared/triage";
import { m } from "../../paraglide/messages.js";
import type { Basis, Check, Level, Row, Source, Symptoms } from "./types";
import type { Whereabouts } from "./result.svelte";

/** The most urgent first, as they are listed. */
export const FROM_URGENT: readonly Level[] = LEVELS.toReversed();

export function levelWord(level: Level): string {
  if (level === "emergency") return m.level_emergency();
  if (level === "same_day") return m.level_same_day();
  return level === "soon" ? m.level_soon() : m.level_self_care();
}

const ARTICLE = "article";

/** On whose word: "A health service or guideline: NHS: Back pain". */
export function markOf(known: Record<string, Source>, { strength, sources }: Basis): string {
  const others = strength === "source" ? sources.filter((id) => id !== ARTICLE) : sources;
  const names = sourceNames(known, others).join("; ");
  if (strength === "source") return names ? m.mark_source_of({ names }) : m.mark_source();
  if (strength === "ours") return names ? m.mark_ours_of({ names }) : m.mark_ours();
  return m.mark_guideline({ names });
}

export function factTexts({ facts }: Symptoms, ids: readonly string[]): string[] {
  return ids.flatMap((id) => facts.find((fact) => fact.id === id)?.text ?? []);
}

/** What was ticked: in the language of now, unless the questions have changed since. */
export function tickedIn({ wording, symptoms, texts }: Check): readonly string[] {
  const same = content.ready && content.symptoms.wording === wording;
  return same ? factTexts(content.symptoms, symptoms) : texts;
}

/** The rows that led to the level, and what else was noted below it. */
export function rowsOf({ rows }: Symptoms, check: Check): { led: Row[]; noted: Row[] } {
  const matched = rows.filter(({ id }) => check.rows.includes(id));
  return {
    led: matched.filter(({ level }) => level === check.level),
    noted: matched.filter(({ level }) => level !== check.level),
  };
}

export function sourceNames(sources: Record<string, Source>, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const source = sources[id];
    if (!source) return [];
    return source.year ? `${source.name}, ${source.year}` : source.name;
  });
}

/** To be read out, shown or sent: what a clinician needs first. */
export function tellText(check: Check): string {
  const at = new Date(check.at);
  const ticked = tickedIn(check).map((text) => `- ${text}`);
  const opening = m.tell_opening({ date: longDate(at), time: time(at) });
  return [opening, ...ticked, ...content.adviceFor(check.level, check.symptoms).say].join("\n");
}

export function whereWords(where: Whereabouts): string {
  if (where === "synced") return m.score_synced();
  if (where === "phone") return m.score_on_phone();
  if (where === "page") return m.score_on_page();
  if (where === "refused") return m.score_refused();
  return where === "sending" ? m.saving() : "";
}
