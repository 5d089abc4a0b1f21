import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import { m } from "../../paraglide/messages.js";
import type { Person } from "../../api/types";

const api = vi.hoisted(() => ({ get: vi.fn(), post: vi.fn(), put: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));
vi.mock("../../content/content.svelte", async () => ({
  content: (await import("./fixture")).content,
}));

import { session } from "../../frame/session.svelte";
import { forgetAll, remember } from "../../offline/cache";
import { pendingWrites, replay } from "../../offline/outbox";
import { router } from "../../router";
import Check from "./Check.svelte";
import { keptChecks, letGoUnsaved, unsaved } from "./kept";
import { forget } from "./visit";

let went: string[];

beforeEach(async () => {
  went = [];
  history.replaceState(null, "", "/check");
  vi.spyOn(router, "go").mockImplementation((to) => void went.push(to));
  api.get.mockReset().mockRejectedValue(new OfflineError("No network."));
  api.post.mockReset().mockResolvedValue({});
  session.person = { locale: "en", consent_at: "2026-11-01T00:00:00Z" } as Person;
  forget("draft");
  letGoUnsaved();
  await replay();
  await forgetAll();
  api.post.mockReset().mockRejectedValue(new OfflineError("No network."));
});

const line = (fact: string) => screen.findByRole("checkbox", { name: `I have ${fact}` });
const isTicked = async (fact: string) => ((await line(fact)) as HTMLInputElement).checked;
const none = () => screen.findAllByRole("checkbox", { name: m.check_none() });
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

async function tick(...facts: string[]): Promise<void> {
  for (const fact of facts) await fireEvent.click(await line(fact));
}

async function tickNone(group = 0): Promise<void> {
  const found = (await none())[group];
  if (found) await fireEvent.click(found);
}

function open(query = ""): ReturnType<typeof render> {
  return render(Check, { params: {}, query: new URLSearchParams(query) });
}

/** The first screen with none of these, then the second. */
async function toSecond(query = "from=new"): Promise<void> {
  const { rerender } = open(query);
  await tickNone();
  await press(m.check_continue());
  await rerender({ params: {}, query: new URLSearchParams(`${query}&step=2`) });
}

async function given() {
  await vi.waitFor(() => expect(went.at(-1)).toMatch(/^\/check\/result\//));
  const [check] = await keptChecks();
  return check;
}

describe("the first screen", () => {
  it("does not go on before it is answered, and says what is missing", async () => {
    open();
    await press(m.check_continue());
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(m.check_missing()));
    expect(went).toEqual([]);
  });

  it("takes the reproach back with an answer", async () => {
    open();
    await press(m.check_continue());
    await screen.findByText(m.check_missing());
    await tickNone();
    expect(screen.queryByText(m.check_missing())).toBeNull();
  });

  it("goes on with none of these", async () => {
    open("from=evening");
    await tickNone();
    await press(m.check_continue());
    expect(went).toEqual(["/check?from=evening&step=2"]);
  });

  it("offers help at once where something ticked is an emergency by itself", async () => {
    open("from=start");
    await tick("saddle_numbness");
    expect(screen.queryByRole("button", { name: m.check_continue() })).toBeNull();
    await press(m.check_help_now());
    const check = await given();
    expect(check).toMatchObject({ level: "emergency", symptoms: ["saddle_numbness"] });
    expect(check).toMatchObject({ rows: ["saddle_numbness"], occasion: "start" });
  });

  it("goes on where something ticked is less than that", async () => {
    open();
    await tick("limb_weakness_stable");
    expect(screen.getByRole("button", { name: m.check_continue() })).toBeTruthy();
  });
});

describe("the second screen", () => {
  it("needs an answer about signs, whatever describes the person", async () => {
    await toSecond();
    await tick("over_50", "three_days");
    await press(m.check_finish());
    await screen.findByText(m.check_missing());
    expect(await keptChecks()).toEqual([]);
  });

  it("brings further questions below a line, and says so", async () => {
    await toSecond();
    expect(screen.queryByRole("checkbox", { name: "I have limb_cough" })).toBeNull();
    await tick("limb_numbness");
    expect(await isTicked("limb_cough")).toBe(false);
    expect(screen.getByText(m.check_appeared({ count: 2 }))).toBeTruthy();
  });

  it("cannot be opened before the first one is answered", async () => {
    open("step=2");
    await screen.findByText(m.check_screen({ number: 1 }));
    expect(screen.queryByText(m.check_screen({ number: 2 }))).toBeNull();
  });

  it("finds the highest level of all that is ticked on both", async () => {
    await toSecond();
    await tick("limb_numbness", "limb_cough", "three_days");
    await press(m.check_finish());
    const check = await given();
    expect(check).toMatchObject({ level: "same_day", occasion: "new_symptom" });
    expect(check?.rows).toEqual(["limb_numbness+limb_cough", "limb_numbness"]);
    expect(check?.symptoms).toEqual(["limb_numbness", "limb_cough", "three_days"]);
  });

  it("is self-care where nothing is ticked", async () => {
    await toSecond();
    await tickNone(0);
    await press(m.check_finish());
    expect(await given()).toMatchObject({ level: "self_care", rows: [], symptoms: [] });
  });
});

describe("what is filled in", () => {
  it("is what the latest whole check said about the person, and it says so", async () => {
    await toSecond();
    await tick("fever", "over_50");
    await press(m.check_finish());
    await given();
    document.body.replaceChildren();
    await toSecond();
    expect(await isTicked("over_50")).toBe(true);
    expect(await isTicked("fever")).toBe(false);
    expect(screen.getByText(m.check_prefilled())).toBeTruthy();
  });

  it.each([
    ["on its fourth day", { onset_at: new Date().toISOString(), day: 4 }, true],
    ["72 hours old", { onset_at: new Date(Date.now() - 259_200_000).toISOString(), day: 3 }, true],
    ["younger", { onset_at: new Date(Date.now() - 259_100_000).toISOString(), day: 3 }, false],
    ["not there", null, false],
  ])("knows 3 days from an episode that is %s: %s", async (_name, episode, ticked) => {
    await remember("today", { value: { episode }, at: "" });
    await toSecond();
    expect(await isTicked("three_days")).toBe(ticked);
  });
});

describe("what is ticked", () => {
  it("is still there after leaving and coming back", async () => {
    open().unmount();
    const { unmount } = open();
    await tick("limb_weakness_stable");
    unmount();
    open();
    expect(await isTicked("limb_weakness_stable")).toBe(true);
  });

  it("is gone once the check is finished", async () => {
    const { unmount } = open();
    await tick("saddle_numbness");
    await press(m.check_help_now());
    await given();
    unmount();
    open();
    expect(await isTicked("saddle_numbness")).toBe(false);
  });

  it("does not come back when the question is asked again after a slip", async () => {
    const { unmount } = open();
    await tick("limb_weakness_stable");
    unmount();
    open("from=slip&corrects=a");
    expect(await isTicked("limb_weakness_stable")).toBe(false);
    expect(screen.getByText(m.check_slip())).toBeTruthy();
  });
});

describe("a finished check", () => {
  it("waits on this phone under its own id, with its wording and what it corrects", async () => {
    open("from=slip&corrects=a");
    await tick("saddle_numbness");
    await press(m.check_help_now());
    const check = await given();
    expect(await pendingWrites("check")).toMatchObject([
      {
        key: check?.id,
        method: "POST",
        path: "/symptom-checks",
        body: {
          ...{ id: check?.id, symptoms: ["saddle_numbness"], wording: "2026-11" },
          ...{ occasion: "slip", at: check?.at, corrects: "a" },
        },
      },
    ]);
  });

  it("is stored nowhere before consent, and shown all the same", async () => {
    session.person = null;
    open();
    await tick("saddle_numbness");
    await press(m.check_help_now());
    await vi.waitFor(() => expect(went).toHaveLength(1));
    expect(went[0]).toBe(`/check/result/${unsaved()?.id}`);
    expect(await keptChecks()).toEqual([]);
    expect(await pendingWrites("check")).toEqual([]);
  });
});
