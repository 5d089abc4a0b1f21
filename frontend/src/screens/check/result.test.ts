import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import { m } from "../../paraglide/messages.js";
import type { Person } from "../../api/types";
import type { Check, GivenCheck, Level } from "./types";

const api = vi.hoisted(() => ({
  ...{ get: vi.fn(), post: vi.fn(), put: vi.fn(), patch: vi.fn(), delete: vi.fn() },
}));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));
vi.mock("../../content/content.svelte", async () => ({
  content: (await import("./fixture")).content,
}));

import { session } from "../../frame/session.svelte";
import { forgetAll } from "../../offline/cache";
import { pendingWrites, takeBackWrite } from "../../offline/outbox";
import { give } from "./giving";
import { letGoUnsaved } from "./kept";
import Result from "./Result.svelte";

const at = new Date().toISOString();
const consented = { locale: "en", consent_at: at, country: "DE" } as Person;
const block = { id: "b", check: "earlier", began_at: at };
let online: boolean;
let blocked: boolean;

beforeEach(async () => {
  // jsdom knows no dialogs.
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  for (const { key } of await pendingWrites()) await takeBackWrite(key);
  await forgetAll();
  letGoUnsaved();
  [online, blocked] = [true, true];
  session.person = consented;
  vi.spyOn(session, "open").mockResolvedValue(undefined);
  api.post.mockReset().mockImplementation(async () => {
    if (!online) throw new OfflineError("No network.");
    return {};
  });
  api.get.mockReset().mockImplementation(async (path: string) => {
    if (!online) throw new OfflineError("No network.");
    if (path === "/safety/block") return { block: blocked ? block : null };
    throw new ApiError(404, { code: "not_found" });
  });
});

function check(level: Level, symptoms: string[] = []): Check {
  const rows = symptoms.filter((id) => id !== "over_50");
  return {
    ...{ id: crypto.randomUUID(), level, symptoms, rows, at, texts: ["As it was then"] },
    ...{ wording: "2026-11", occasion: "by_hand", corrects: null },
  };
}

async function show(given: Check): Promise<void> {
  await give(given);
  open(given.id);
  await screen.findByText(m.reasons_title());
}

function open(id: string): void {
  render(Result, { params: { id }, query: new URLSearchParams() });
}

const link = (name: string) => screen.findByRole("link", { name });

describe("an emergency", () => {
  const saddle = () => check("emergency", ["saddle_numbness"]);

  it("calls the country's number, and says what to say from what was ticked", async () => {
    await show(saddle());
    const call = await link(m.check_call({ number: "112" }));
    expect(call.getAttribute("href")).toBe("tel:112");
    expect(screen.getAllByText("I have saddle_numbness")).not.toHaveLength(0);
    expect(screen.getByText(m.number_not_in({ country: "Germany" }))).toBeTruthy();
  });

  it("shows two numbers where nobody knows the country", async () => {
    session.person = { ...consented, country: "" };
    await show(saddle());
    await link(m.check_call({ number: "112" }));
    await link(m.check_call({ number: "911" }));
    expect(screen.getByText(m.number_unknown())).toBeTruthy();
  });

  it("asks again after a slip, naming the check", async () => {
    const given = saddle();
    await show(given);
    const slip = await link(m.slip_action());
    expect(slip.getAttribute("href")).toBe(`/check?from=slip&corrects=${given.id}`);
    expect((await link(m.clearance_action())).getAttribute("href")).toBe("/check/clearance");
  });

  it("shouts no more once the server says that nothing is paused", async () => {
    blocked = false;
    await show(saddle());
    await screen.findByText(m.lifted_title());
    expect(screen.queryByText(m.slip_action())).toBeNull();
  });

  it("of another day waits for the server's word before it shouts", async () => {
    blocked = false;
    const given = { ...saddle(), at: "2026-11-20T08:00:00.000Z" };
    await give(given);
    await vi.waitFor(async () => expect(await pendingWrites("check")).toEqual([]));
    open(given.id);
    await screen.findByText(m.lifted_title());
    expect(screen.queryByText(m.paused_why())).toBeNull();
  });

  it("says that movement is paused where the server cannot be asked", async () => {
    online = false;
    blocked = false;
    await show(saddle());
    await screen.findByText(m.score_on_phone());
    expect(screen.getByText(m.paused_why())).toBeTruthy();
  });

  it("takes another country's number at once, and keeps it to be sent", async () => {
    online = false;
    await show(saddle());
    await fireEvent.click(await screen.findByText(m.number_not_in({ country: "Germany" })));
    const choice = screen.getByLabelText(m.number_country_label());
    await fireEvent.change(choice, { target: { value: "GB" } });
    await fireEvent.click(screen.getByText(m.number_country_use()));
    await link(m.check_call({ number: "999" }));
    const body = { country: "GB" };
    await vi.waitFor(async () =>
      expect(await pendingWrites("person")).toMatchObject([{ path: "/me", body }]),
    );
  });
});

describe("any other result", () => {
  it.each(["same_day", "soon", "self_care"] as const)("%s says what to do", async (level) => {
    await show(check(level));
    const title = { same_day: "See someone today", soon: "Get advice soon" }[level as string];
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(title ?? "Look after it");
    expect(screen.queryByText(m.slip_action())).toBeNull();
  });

  it.each([
    ["says that an earlier emergency still forbids movement", true],
    ["says nothing of the kind where nothing stands", false],
  ])("%s", async (_name, stands) => {
    blocked = stands;
    await show(check("self_care"));
    await screen.findByText(m.score_synced());
    await vi.waitFor(() => expect(api.get).toHaveBeenCalledWith("/safety/block"));
    if (stands) await screen.findByRole("link", { name: m.clearance_action() });
    else expect(screen.queryByText(m.clearance_action())).toBeNull();
  });

  it("names what led there, why, on whose word, and what else was noted", async () => {
    const given = check("same_day", ["fever", "limb_numbness"]);
    await show(given);
    for (const text of ["Why fever.", "Why limb_numbness.", m.reasons_noted()]) {
      expect(screen.getByText(text)).toBeTruthy();
    }
    expect(screen.getAllByText(m.mark_guideline({ names: "NHS, 2026" }))).toHaveLength(2);
  });

  it("hands on what to tell them, and can be copied by hand where nothing else works", async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    await show(check("same_day", ["fever"]));
    await fireEvent.click(screen.getByText(m.tell_copy()));
    await screen.findByText(m.tell_copied());
    expect(writeText.mock.calls[0]?.[0]).toContain("- I have fever\nSee someone today say");
    writeText.mockRejectedValue(new Error("blocked"));
    await fireEvent.click(screen.getByText(m.tell_copy()));
    await screen.findByText(m.tell_selected());
  });

  it("says in which version it was answered, where the questions have changed", async () => {
    await show({ ...check("soon"), wording: "2026-01" });
    expect(screen.getByText(m.reasons_other_wording({ version: "2026-01" }))).toBeTruthy();
    expect(screen.getByText("As it was then")).toBeTruthy();
  });
});

describe("where it is", () => {
  it("is synced when the server has it", async () => {
    await show(check("soon"));
    await screen.findByText(m.score_synced());
  });

  it("is on this phone while there is no network", async () => {
    online = false;
    await show(check("soon"));
    await screen.findByText(m.score_on_phone());
  });

  it("is sent without its time where this phone's clock runs ahead", async () => {
    api.post.mockImplementation(async (_path: string, body: GivenCheck) => {
      if (body.at) throw new ApiError(400, { code: "invalid", fields: { at: ["future"] } });
      return {};
    });
    const given = check("soon");
    await show(given);
    await screen.findByText(m.score_synced());
    const sent = api.post.mock.calls.map(([, body]) => body as GivenCheck);
    expect(sent.filter(({ id }) => id === given.id).map((body) => body.at)).toEqual([
      at,
      undefined,
    ]);
  });

  it("is nowhere before consent, and kept once the person agrees", async () => {
    session.person = null;
    const given = check("soon");
    vi.spyOn(session, "agree").mockImplementation(async () => void (session.person = consented));
    await show(given);
    await fireEvent.click(await screen.findByText(m.keep_action()));
    await fireEvent.click(screen.getByText(m.consent_agree()));
    await screen.findByText(m.score_synced());
    expect(api.post).toHaveBeenCalledWith(
      "/symptom-checks",
      expect.objectContaining({ id: given.id }),
    );
  });

  it("is said plainly where there is nothing", async () => {
    open(crypto.randomUUID());
    await screen.findByText(m.check_gone_title());
  });

  it("may be found again with a network", async () => {
    online = false;
    open(crypto.randomUUID());
    await screen.findByText(m.check_away_title());
  });
});
