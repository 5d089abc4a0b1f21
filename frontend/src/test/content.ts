import { vi } from "vitest";
import de from "../content/de.json";
import en from "../content/en.json";

export const bundles = { en, de };

/** Answers requests for the content bundles, as precache or server would, and nothing else. */
export function serveContent() {
  const fetch = vi.fn((input: RequestInfo | URL) => {
    const language = /\b(en|de)[^/]*\.json/.exec(String(input))?.[1] as "en" | "de" | undefined;
    if (!language) return Promise.reject(new TypeError(`nobody serves ${String(input)} here`));
    return Promise.resolve(Response.json(bundles[language]));
  });
  vi.stubGlobal("fetch", fetch);
  return fetch;
}
