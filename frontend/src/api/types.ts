/** The generated shapes under the names the screens use, with the words the API leaves open. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Locale = "en" | "de";
export type ReminderKind = "walk" | "check_in";

export type Person = Omit<Schemas["Person"], "locale"> & { locale: Locale };
export type Session = Omit<Schemas["Session"], "person"> & { person: Person };

export type KnownSession = Omit<Schemas["KnownSession"], "person"> & { person: Person | null };

export type Entry = Schemas["Entry"];
export type EntryPage = Schemas["EntryList"];

export type Schedule = Schemas["Schedule"];
export type Reminder = Omit<Schemas["Reminder"], "kind"> & { kind: ReminderKind };
export type ReminderDraft = Pick<Reminder, "kind" | "schedule" | "enabled">;
export type Today = Omit<Schemas["Today"], "next_reminder"> & { next_reminder: Reminder | null };

export type Device = Schemas["Device"];
export type Delivery = Schemas["Delivery"];
export type ErrorEnvelope = Schemas["Error"];
