import { getLocale, overwriteGetLocale, setLocale } from "../paraglide/runtime.js";
import type { Locale } from "../api/types";

/** The language the app speaks. Every message reads it, so that a change redraws the words. */
class Language {
  current = $state<Locale>(getLocale());

  start(): void {
    overwriteGetLocale(() => this.current);
    document.documentElement.lang = this.current;
  }

  use(locale: Locale): void {
    keep(locale);
    this.current = locale;
    document.documentElement.lang = locale;
  }
}

function keep(locale: Locale): void {
  try {
    void setLocale(locale, { reload: false });
  } catch {
    // Storage is blocked: the choice holds until the app is closed.
  }
}

export const language = new Language();
