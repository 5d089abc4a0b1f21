import { beforeEach, describe, expect, it, vi } from "vitest";
import { matchPath, Router, type Visit } from "./router";

describe("matchPath", () => {
  it("fits an address to its pattern and names the parts", () => {
    expect(matchPath("/you/reminders/:id", "/you/reminders/7b0e")).toEqual({ id: "7b0e" });
  });

  it("does not mind a slash at the end", () => {
    expect(matchPath("/diary", "/diary/")).toEqual({});
    expect(matchPath("/", "/")).toEqual({});
  });

  it("says no to anything longer, shorter or different", () => {
    expect(matchPath("/you", "/you/reminders")).toBeNull();
    expect(matchPath("/you/reminders/:id", "/you/reminders")).toBeNull();
    expect(matchPath("/diary", "/move")).toBeNull();
  });

  it("survives an address that is not decodable", () => {
    expect(matchPath("/you/reminders/:id", "/you/reminders/%E0%A4%A")).toEqual({ id: "%E0%A4%A" });
  });
});

describe("Router", () => {
  const router = new Router();
  const visits: Visit[] = [];
  const paths = () => visits.map(({ url }) => url.pathname + url.search);
  const worker = new EventTarget();

  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { serviceWorker: worker }));
  vi.stubGlobal("scrollTo", () => undefined);
  router.start((visit) => visits.push(visit));

  beforeEach(() => {
    router.go("/");
    visits.length = 0;
    document.body.innerHTML = "";
  });

  function click(html: string, options: MouseEventInit = {}): boolean {
    document.body.innerHTML = html;
    const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...options });
    document.querySelector("a")?.dispatchEvent(event);
    return event.defaultPrevented;
  }

  it("opens our own links without loading the page again", () => {
    expect(click('<a href="/diary"><b>Diary</b></a>')).toBe(true);
    expect(location.pathname).toBe("/diary");
    expect(visits[0]).toMatchObject({ how: "go", scroll: 0 });
  });

  it("leaves other sites, new tabs, downloads and the skip link to the browser", () => {
    // jsdom would try, and fail, to load what the browser is left to do.
    const stop = (event: Event) => event.preventDefault();
    addEventListener("click", stop);
    click('<a href="https://example.org/">x</a>');
    click('<a href="/diary" target="_blank">x</a>');
    click('<a href="/diary" download>x</a>');
    click('<a href="#screen">x</a>');
    click('<a href="/diary">x</a>', { ctrlKey: true });
    removeEventListener("click", stop);
    expect(visits).toEqual([]);
  });

  it("goes where a notification points", () => {
    const data = { type: "navigate", url: `${location.origin}/you/reminders?from=test` };
    worker.dispatchEvent(new MessageEvent("message", { data }));
    expect(paths()).toEqual(["/you/reminders?from=test"]);
  });

  it("goes to Today when asked for somebody else's address", () => {
    router.go("https://evil.example/diary");
    router.go("javascript:alert(1)");
    expect(paths()).toEqual(["/", "/"]);
  });

  it("steps back to the screen above when the person came from it", () => {
    const back = vi.spyOn(history, "back").mockReturnValue();
    router.go("/you/reminders");
    router.go("/you/reminders/new");
    router.up("/you/reminders");
    expect(back).toHaveBeenCalledOnce();
  });

  it("replaces the screen when it was opened by its address", () => {
    const length = history.length;
    router.go("/you/reminders/new", { replace: true });
    router.up("/you/reminders");
    expect(location.pathname).toBe("/you/reminders");
    expect(history.length).toBe(length);
  });

  it("comes back to where the page had been scrolled to", async () => {
    router.go("/diary");
    vi.stubGlobal("scrollY", 640);
    router.go("/you");
    vi.stubGlobal("scrollY", 0);
    history.back();
    await vi.waitFor(() => expect(visits.at(-1)).toMatchObject({ how: "back", scroll: 640 }));
    expect(location.pathname).toBe("/diary");
  });
});
