import { m } from "../../paraglide/messages.js";
import { router } from "../../router";

const CENTRE = "/you/reminders";

/** The way back to the list, for every screen below it. */
export function toCentre(): { to: string; name: string; onback: () => void } {
  return { to: CENTRE, name: m.back_to_reminders(), onback: () => router.up(CENTRE) };
}
