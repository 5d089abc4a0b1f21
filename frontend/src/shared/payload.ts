/**
 * What the server pushes: the Declarative Web Push shape. Safari shows it by itself, without
 * the worker; every other browser hands the same JSON to the worker.
 */
export interface PushNotification {
  title: string;
  body: string;
  /** Where a tap leads; as the server wrote it, to be read through `safeTarget`. */
  navigate: string;
  /** Names the delivery on the screen, so that a repeat replaces it. */
  tag: string;
  lang: Language;
  data: PushData;
  /** At most two; more is on no platform. */
  actions: PushAction[];
}

/** A button of the notification. `open` opens the app; any other name is an answer. */
export interface PushAction {
  action: string;
  title: string;
}

export interface PushData {
  delivery?: string;
  kind?: string;
  due_at?: string;
  /** Signed by the server for this delivery: answers and receipts go without a session. */
  token?: string;
}

export type Language = "en" | "de";

const NAME = "Backstep";
const TAP: Record<Language, string> = {
  en: "Tap to open Backstep.",
  de: "Tippen, um Backstep zu öffnen.",
};

/** More does not fit on a lock screen, and some systems refuse to show it. */
const LONGEST = { title: 100, body: 300, tag: 100, action: 40, data: 1000 };
const MOST_ACTIONS = 2;
/** As an action is named, and a delivery: both become part of a call to the server. */
const NAME_OF_ACTION = /^[a-z][a-z0-9_]{0,31}$/;
const ID = /^[0-9A-Za-z-]{1,64}$/;

/**
 * Reads a push. Whatever came, the answer can be shown: a push without a visible notification
 * costs the subscription on iOS. Never throws.
 */
export function parsePayload(text: string | null, language: string): PushNotification {
  const given = asRecord(asRecord(readJson(text))["notification"]);
  const lang = languageOf(given["lang"], language);
  const title = words(given["title"], LONGEST.title);
  return {
    title: title || NAME,
    body: words(given["body"], LONGEST.body) || (title ? "" : TAP[lang]),
    navigate: typeof given["navigate"] === "string" ? given["navigate"] : "/",
    tag: words(given["tag"], LONGEST.tag) || "backstep",
    lang,
    data: dataOf(asRecord(given["data"])),
    actions: actionsOf(given["actions"]),
  };
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function words(value: unknown, longest: number): string {
  return typeof value === "string" ? value.trim().slice(0, longest) : "";
}

/** The message's own language, else the browser's, else English. */
function languageOf(given: unknown, browser: string): Language {
  const wanted = typeof given === "string" && given !== "" ? given : browser;
  return wanted.toLowerCase().startsWith("de") ? "de" : "en";
}

function dataOf(given: Record<string, unknown>): PushData {
  const data: PushData = {};
  for (const name of ["delivery", "kind", "due_at", "token"] as const) {
    const value = given[name];
    if (typeof value === "string" && value.length <= LONGEST.data) data[name] = value;
  }
  if (!ID.test(data.delivery ?? "")) delete data.delivery;
  return data;
}

/** The ones that can be shown and understood; the rest is left out rather than everything. */
function actionsOf(given: unknown): PushAction[] {
  const all = Array.isArray(given) ? given.map(asRecord) : [];
  const actions = all.map(({ action, title }) => ({
    action: typeof action === "string" && NAME_OF_ACTION.test(action) ? action : "",
    title: words(title, LONGEST.action),
  }));
  return actions.filter(({ action, title }) => action && title).slice(0, MOST_ACTIONS);
}
