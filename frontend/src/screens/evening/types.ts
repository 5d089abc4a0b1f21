/** What the evening question is about, as the API tells it. */
export type EveningAnswer = "better" | "same" | "worse" | "seen" | "not_better";
/** What it still waits for. */
export type Wants = "answer" | "score" | "check" | "who";
export type Clinician = "doctor" | "physiotherapist" | "emergency" | "pharmacist" | "other";

export interface EveningPrompt {
  id: string;
  /** The local date it belongs to. */
  evening: string;
  asked_at: string;
  episode: string;
  /** 1 on the day that the episode began. */
  day: number | null;
  answer: EveningAnswer | "";
  answered_at: string | null;
  wants: Wants | null;
  /** Its episode is over. */
  closed: boolean;
}

export interface Episode {
  id: string;
  onset_at: string;
  began_on: string;
  day: number | null;
  closed_at: string | null;
  closed_as: "" | "gone" | "better" | "settled";
  clinician: Clinician | "";
  seen_on: string | null;
  /** Days are not counted any more. */
  chronic: boolean;
  next_prompt_at: string | null;
}
