import { m } from "../../paraglide/messages.js";
import { router } from "../../router";

const LIST = "/diary/measures";

/** The way back to both questionnaires. */
export function toMeasures(): { to: string; name: string; onback: () => void } {
  return { to: LIST, name: m.back_to_measures(), onback: () => router.up(LIST) };
}
