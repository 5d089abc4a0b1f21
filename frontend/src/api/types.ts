/** The generated shapes under the names the screens use, with the words the API leaves open. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Locale = "en" | "de";
export type ReminderKind = "walk" | "check_in" | "move" | "measure";
export type QuietHours = Schemas["QuietHours"];

export type Person = Omit<Schemas["Person"], "locale"> & { locale: Locale };
export type Session = Omit<Schemas["Session"], "person"> & { person: Person };

export type KnownSession = Omit<Schemas["KnownSession"], "person"> & { person: Person | null };

export type Entry = Schemas["Entry"];
export type EntryPage = Schemas["EntryList"];
export type Episode = Schemas["Episode"];
export type EveningPrompt = Schemas["Prompt"];

export type Measure = Schemas["Measure"];
export type Measures = Schemas["MeasureList"];

export type Chart = Schemas["Chart"];
export type Helps = Schemas["Helps"];
export type Flare = Schemas["Flare"];

/** Wall-clock times on weekdays (Monday 0), in the person's zone. */
export interface TimesSchedule {
  days: number[];
  times: string[];
}
/** Every so many minutes from one time to another, breaks left out. */
export interface WindowSchedule {
  days: number[];
  from: string;
  to: string;
  every_minutes: number;
  except?: [from: string, to: string][];
}
export type Schedule = TimesSchedule | WindowSchedule;
export type Reminder = Omit<Schemas["Reminder"], "kind" | "schedule"> & {
  kind: ReminderKind;
  schedule: Schedule;
};
export type ReminderDraft = Pick<Reminder, "kind" | "schedule" | "enabled">;
export type Today = Omit<Schemas["Today"], "next_reminder"> & { next_reminder: Reminder | null };

export type Hold = Schemas["Hold"];
export type Device = Schemas["Device"];
export type Delivery = Schemas["Delivery"];
export type CalendarFeed = Schemas["Calendar"];
export type ErrorEnvelope = Schemas["Error"];
