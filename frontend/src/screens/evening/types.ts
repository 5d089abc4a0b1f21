/** What the evening question is about, as the API tells it. */
import type { Episode, EveningPrompt as Told } from "../../api/types";

export type { Episode };
export type EveningAnswer = Exclude<Told["answer"], "">;
/** What it still waits for. */
export type Wants = NonNullable<Told["wants"]>;
export type Clinician = Exclude<Episode["clinician"], "">;

/** The day is not known before the server has said it. */
export type EveningPrompt = Omit<Told, "day"> & { day: number | null };
