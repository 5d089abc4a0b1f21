/**
 * A small history router. It knows addresses and how the person got to them; which screen
 * belongs to an address is the screens' business, and showing it is the app's.
 */

export type Params = Record<string, string>;

export interface Visit {
  url: URL;
  /** `open`: the first address. `go`: a link. `back`: the browser's back or forward. */
  how: "open" | "go" | "back";
  /** Where the page had been scrolled to, when the person comes back to it. */
  scroll: number;
  /** The browser already drew its own transition (a back swipe): draw none of ours. */
  drawn: boolean;
}

type Listener = (visit: Visit) => void;

/** Reads "/you/reminders/:id" against a path; null when they do not fit. */
export function matchPath(pattern: string, path: string): Params | null {
  const expected = segments(pattern);
  const given = segments(path);
  if (expected.length !== given.length) return null;
  const params: Params = {};
  for (const [i, part] of expected.entries()) {
    const value = given[i] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

function segments(path: string): string[] {
  return path.split("/").filter(Boolean).map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export class Router {
  #listener: Listener = () => undefined;
  #key = "";
  readonly #scrolls = new Map<string, number>();

  /** Starts listening and reports the address that is open now. */
  start(listener: Listener): void {
    this.#listener = listener;
    history.scrollRestoration = "manual";
    this.#adopt();
    addEventListener("popstate", (event) => this.#onBack(event));
    document.addEventListener("click", (event) => this.#onClick(event));
    this.#listenToWorker();
    this.#report("open");
  }

  /** Opens one of our own addresses; any other becomes Today. */
  go(address: string, { replace = false } = {}): void {
    const url = ownUrl(address);
    this.#scrolls.set(this.#key, scrollY);
    if (replace) history.replaceState({ key: this.#key }, "", url);
    else this.#push(url);
    this.#report("go");
  }

  /**
   * To the screen above this one. When the person came from there it is a step back, so that
   * the browser's own back button does not lead to the same screen twice.
   */
  up(address: string): void {
    const from = (history.state as { from?: string } | null)?.from;
    if (from === address) history.back();
    else this.go(address, { replace: true });
  }

  #push(url: URL): void {
    this.#key = crypto.randomUUID();
    history.pushState({ key: this.#key, from: location.pathname }, "", url);
  }

  /** Takes over the current history entry, which may be one of ours after a reload. */
  #adopt(): void {
    const state = history.state as { key?: string } | null;
    this.#key = state?.key ?? crypto.randomUUID();
    if (!state?.key) history.replaceState({ key: this.#key }, "");
  }

  #onBack(event: PopStateEvent): void {
    this.#scrolls.set(this.#key, scrollY);
    this.#adopt();
    this.#report("back", event.hasUAVisualTransition === true);
  }

  #onClick(event: MouseEvent): void {
    const link = plainClickOnLink(event);
    if (!link) return;
    event.preventDefault();
    const here = link.href === location.href;
    this.go(link.href, { replace: here });
  }

  /** The service worker asks an open window to go where a notification points. */
  #listenToWorker(): void {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      const wish = data as { type?: unknown; url?: unknown } | null;
      if (wish?.type === "navigate" && typeof wish.url === "string") this.go(wish.url);
    });
  }

  #report(how: Visit["how"], drawn = false): void {
    const scroll = how === "back" ? (this.#scrolls.get(this.#key) ?? 0) : 0;
    this.#listener({ url: new URL(location.href), how, scroll, drawn });
  }
}

function ownUrl(address: string): URL {
  const home = new URL("/", location.origin);
  if (!URL.canParse(address, home)) return home;
  const url = new URL(address, home);
  return url.origin === home.origin ? url : home;
}

/** The link under a plain left click, if it leads to another of our screens. */
function plainClickOnLink(event: MouseEvent): HTMLAnchorElement | null {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || modified) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target || link.hasAttribute("download")) return null;
  if (link.origin !== location.origin) return null;
  // The skip link stays the browser's: it moves focus within the page.
  const withinPage = link.hash !== "" && link.pathname === location.pathname;
  return withinPage ? null : link;
}

export const router = new Router();
