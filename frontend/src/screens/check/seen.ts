/** Who has seen somebody, and when: what a form needs before it may be recorded. */
import { m } from "../../paraglide/messages.js";
import type { Clinician } from "./types";

export const WHO: { id: Clinician; name: () => string }[] = [
  { id: "doctor", name: m.clinician_doctor },
  { id: "emergency", name: m.clinician_emergency },
  { id: "physiotherapist", name: m.clinician_physiotherapist },
  { id: "other", name: m.clinician_other },
];

export function clinicianWords(clinician: string): string {
  return (WHO.find(({ id }) => id === clinician) ?? { name: m.clinician_other }).name();
}
