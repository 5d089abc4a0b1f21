/** The gentle plan of a flare day. Which parts it has is ours; each says how sure it is. */
import { m } from "../../paraglide/messages.js";

export interface Part {
  id: string;
  title: () => string;
  how: () => string;
  evidence: () => string;
}

export const EASE: readonly Part[] = [
  {
    id: "rest",
    title: m.plan_rest_title,
    how: m.plan_rest_how,
    evidence: m.plan_evidence_comfort,
  },
  {
    id: "breathing",
    title: m.plan_breathing_title,
    how: m.plan_breathing_how,
    evidence: m.plan_evidence_comfort,
  },
  { id: "heat", title: m.plan_heat_title, how: m.plan_heat_how, evidence: m.plan_evidence_heat },
];

/** Walking and exercise: left out while they are suspended. */
export const MOVE: readonly Part[] = [
  {
    id: "stroll",
    title: m.plan_stroll_title,
    how: m.plan_stroll_how,
    evidence: m.plan_evidence_stroll,
  },
  { id: "tilt", title: m.plan_tilt_title, how: m.plan_tilt_how, evidence: m.plan_evidence_sheet },
  {
    id: "rolls",
    title: m.plan_rolls_title,
    how: m.plan_rolls_how,
    evidence: m.plan_evidence_sheet,
  },
  { id: "knee", title: m.plan_knee_title, how: m.plan_knee_how, evidence: m.plan_evidence_sheet },
];
