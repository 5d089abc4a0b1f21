import { m } from "../../paraglide/messages.js";
import type { Whereabouts } from "./flare.svelte";
import type { Flare } from "./types";

const places: Record<Whereabouts, () => string> = {
  sending: m.saving,
  synced: m.score_synced,
  phone: m.score_on_phone,
  page: m.score_on_page,
  refused: m.score_refused,
};

/** Where what was tapped is by now. */
export function whereInWords(where: Whereabouts | null): string {
  return where ? places[where]() : "";
}

/** "Start again at 60%", as soon as the server has said so. */
export function resumeTitle({ resume_percent: percent }: Flare): string {
  return percent === null ? m.flare_over_title() : m.flare_resume_title({ percent });
}
