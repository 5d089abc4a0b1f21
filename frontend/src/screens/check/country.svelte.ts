import { getLocale } from "../../paraglide/runtime.js";
import { session } from "../../frame/session.svelte";
import { recall, remember } from "../../offline/cache";
import { replay, saveWrite } from "../../offline/outbox";

const KEY = "country_here";

interface Choice {
  code: string;
  /** What the server thought then: once it thinks otherwise, its word counts again. */
  instead: string;
}

/** Where the person is, for the emergency number: the server's guess, or what was chosen here. */
class Country {
  #chosen = $state.raw<Choice | null>(null);

  /** ISO 3166, or "" where nobody knows. */
  get code(): string {
    const known = session.person?.country ?? "";
    return this.#chosen && this.#chosen.instead === known ? this.#chosen.code : known;
  }

  async open(): Promise<void> {
    this.#chosen ??= (await recall<Choice>(KEY)) ?? null;
  }

  async choose(code: string): Promise<void> {
    this.#chosen = { code, instead: session.person?.country ?? "" };
    await remember(KEY, this.#chosen);
    const body = { country: code };
    await saveWrite({ key: KEY, method: "PATCH", path: "/me", body, about: "person" });
    void replay().catch(() => undefined);
  }
}

export const country = new Country();

/** "Germany"; the code itself where the browser knows no name. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([getLocale()], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Names that need an article in a sentence, or a shorter name. */
const IN_SENTENCE: Record<string, Record<string, string>> = {
  en: {
    ...{ AE: "the United Arab Emirates", DO: "the Dominican Republic", GB: "the UK" },
    ...{ NL: "the Netherlands", PH: "the Philippines", US: "the US" },
  },
  de: {
    ...{ AE: "den Emiraten", CH: "der Schweiz", DO: "der Dominikanischen Republik" },
    ...{ GB: "Großbritannien", MD: "der Republik Moldau", NL: "den Niederlanden" },
    ...{ PH: "den Philippinen", SK: "der Slowakei", TR: "der Türkei", UA: "der Ukraine" },
    ...{ US: "den USA", VA: "der Vatikanstadt" },
  },
};

/** As in "not in the UK". */
export function countryInSentence(code: string): string {
  return IN_SENTENCE[getLocale()]?.[code] ?? countryName(code);
}
