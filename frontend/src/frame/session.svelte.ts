import { api } from "../api/client";
import type { KnownSession, Locale, Person, Session as Answer } from "../api/types";
import { recall, remember } from "../offline/cache";
import { replay } from "../offline/outbox";
import { language } from "./language.svelte";

const PERSON = "person";
const AGREED = "agreed";

/** What a person may change about themselves. */
type Changeable =
  | "locale"
  | "time_zone"
  | "quiet_hours"
  | "daily_cap"
  | "lock_screen_details"
  | "evening_check_at"
  | "day_ends_at";

/** Who is using the app: nobody yet, or an anonymous person with a session cookie. */
class Session {
  person = $state.raw<Person | null>(null);
  /** What this phone remembers of them is known by now. */
  recalled = $state(false);
  /** Agreed without a network: the server is told at the next chance, before any entry. */
  #agreedHere = $state(false);
  #opening: Promise<void> | undefined;

  get consented(): boolean {
    return this.#agreedHere || Boolean(this.person?.consent_at);
  }

  /** Once per open: who is this, and has their zone or language changed since? */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Someone else may have started the session: turning reminders on does. */
  reopen(): Promise<void> {
    this.#opening = undefined;
    return this.open();
  }

  /** Back online: tells the server what was agreed without it. Returns the way to stop. */
  watch(): () => void {
    const settle = () => void this.settle().catch(ignoreUntilNextOpen);
    addEventListener("online", settle);
    return () => removeEventListener("online", settle);
  }

  /** The person agreed to the consent sheet. Works offline; then the server hears it later. */
  async agree(): Promise<void> {
    this.#agreedHere = true;
    await remember(AGREED, true);
    await this.#startWithConsent().catch(ignoreUntilNextOpen);
  }

  /** Tells a server that could not be reached when the person agreed. */
  async settle(): Promise<void> {
    if (!this.#agreedHere) return;
    await this.#startWithConsent();
    await replay();
  }

  async change(fields: Partial<Pick<Person, Changeable>>): Promise<void> {
    if (!this.person) return;
    await this.#adopt(await api.patch<Person>("/me", fields));
  }

  async #open(): Promise<void> {
    this.person = (await recall<Person>(PERSON)) ?? null;
    this.#agreedHere = (await recall<boolean>(AGREED)) ?? false;
    this.recalled = true;
    try {
      const { person } = await api.get<KnownSession>("/session");
      await this.#adopt(person);
      await this.settle();
      await this.#refresh();
    } catch {
      // The app goes on with what this phone knows; an agreement is sent again at the next open.
    }
  }

  async #startWithConsent(): Promise<void> {
    const answer = await api.post<Answer>("/session", { ...whereabouts(), consent: true });
    await this.#adopt(answer.person);
    this.#agreedHere = false;
    await remember(AGREED, false);
  }

  /** People travel and change their phone's language; their reminders follow. */
  async #refresh(): Promise<void> {
    const { person } = this;
    if (!person) return;
    const now = whereabouts();
    if (person.time_zone === now.time_zone && person.locale === now.locale) return;
    await this.change({ time_zone: now.time_zone, locale: now.locale });
  }

  async #adopt(person: Person | null): Promise<void> {
    this.person = person;
    await remember(PERSON, person);
  }
}

interface Whereabouts {
  time_zone: string;
  locale: Locale;
}

/** The server takes the country from the zone: a phone set to US English is often not in the US. */
function whereabouts(): Whereabouts {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { time_zone: timeZone, locale: language.current };
}

function ignoreUntilNextOpen(): void {
  // The agreement stays on this phone and is sent again with the network, or at the next open.
}

export const session = new Session();
