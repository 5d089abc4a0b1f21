import { configure, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import type { Person } from "../../api/types";
import { longDate } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import type { Episode, EveningPrompt } from "./types";

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), post: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

import { session } from "../../frame/session.svelte";
import { router } from "../../router";
import EveningScreen from "./Evening.svelte";

const PATIENCE = 5_000; // a busy machine takes its time
configure({ asyncUtilTimeout: PATIENCE });

const asked_at = "2026-11-26T19:30:00Z";
const delivery = "7d0e5b1c-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const until = (check: () => void) => vi.waitFor(check, PATIENCE);

let id: string;
let prompt: EveningPrompt;
let episode: Partial<Episode> | null;

beforeEach(() => {
  id = crypto.randomUUID(); // the outbox outlives a test
  prompt = {
    ...{ id, evening: "2026-11-26", asked_at, episode: "e", day: 4 },
    ...{ answer: "", answered_at: null, wants: "answer", closed: false },
  };
  episode = { id: "e", chronic: false, next_prompt_at: "2026-11-29T18:30:00Z" };
  session.person = { locale: "en" } as Person;
  vi.spyOn(session, "open").mockResolvedValue(undefined);
  vi.spyOn(router, "go").mockImplementation(() => undefined);
  api.get.mockReset().mockImplementation(async (to: string) => {
    if (to === "/today") return { prompt, episode };
    return to.startsWith("/pain/entries") ? { results: [], next_before: null } : prompt;
  });
  api.put.mockReset().mockImplementation(async (to: string, body: Record<string, never>) => {
    // What an earlier test sent late is not for this one.
    if (to === `/pain/prompts/${id}/answer`) take(body);
    if (to.startsWith("/pain/entries") && prompt.wants === "score") score(body["score"] ?? 10);
  });
});

function take({ answer, clinician }: { answer?: EveningPrompt["answer"]; clinician?: string }) {
  if (prompt.answer && prompt.answer !== answer) throw new ApiError(409, { code: "any" });
  const wants = answer === "better" ? "score" : answer === "seen" && clinician ? null : "check";
  prompt = { ...prompt, answer: answer ?? "", answered_at: asked_at, wants };
}

function score(value: number) {
  prompt = { ...prompt, wants: null, closed: value <= 1 };
  episode = value <= 1 ? null : episode;
}

function show(query = ""): void {
  render(EveningScreen, { params: { id }, query: new URLSearchParams(query) });
}

/** What was sent about this question. */
function sent(): unknown[][] {
  return api.put.mock.calls.filter(([to]) => String(to).includes(id));
}

const button = (name: string) => screen.findByRole("button", { name });
const heading = (name: string) => screen.findByRole("heading", { name });

describe("the four answers", () => {
  it("stand before the server has answered, and the day once it has", async () => {
    show();
    expect(screen.getByRole("heading").textContent).toBe(m.evening_question_plain());
    const names = [m.evening_better(), m.evening_same(), m.evening_worse(), m.evening_seen()];
    for (const name of names) expect(screen.getByRole("button", { name })).toBeTruthy();
    await heading(m.evening_question({ day: 4 }));
    expect(screen.getByText(m.evening_body_days())).toBeTruthy();
    expect(screen.getByRole("link", { name: m.evening_why() }).getAttribute("href")).toBe(
      "/check/why",
    );
  });

  it.each([
    [13, m.evening_body_days],
    [14, m.evening_body_weeks],
    [27, m.evening_body_weeks],
    [28, m.evening_body_month],
  ])("on day %i come with what the sources say by then", async (day, body) => {
    prompt.day = day;
    show();
    await screen.findByText(body());
  });

  it.each([
    ["same", m.evening_same, m.evening_noted_same],
    ["worse", m.evening_worse, m.evening_noted_worse],
  ])(
    "%s goes on to the warning signs, and says so to who comes back",
    async (answer, name, noted) => {
      show();
      (await button(name())).click();
      await until(() => expect(router.go).toHaveBeenCalledWith("/check?from=evening"));
      await heading(m.evening_check_title({ noted: noted() }));
      const next = screen.getByRole("link", { name: m.check_title() });
      expect(next.getAttribute("href")).toBe("/check?from=evening");
      await until(() => expect(prompt.answer).toBe(answer));
    },
  );

  it("better asks for a score, and says when it asks again", async () => {
    show();
    (await button(m.evening_better())).click();
    const title = await heading(m.evening_score_title());
    await until(() => expect(document.activeElement).toBe(title));
    expect(router.go).not.toHaveBeenCalled();
    (await button(m.score_of_ten({ score: 3 }))).click();
    await heading(m.evening_noted_score({ score: 3 }));
    const date = longDate(new Date("2026-11-29T18:30:00Z"));
    await screen.findByText(m.evening_again({ date }));
  });

  it("better with a score of 1 ends it", async () => {
    show();
    (await button(m.evening_better())).click();
    (await button(m.score_of_ten({ score: 1 }))).click();
    await heading(m.evening_over());
    expect(screen.getByText(m.evening_over_body())).toBeTruthy();
  });

  it("having seen someone keeps nothing before it says whom", async () => {
    show();
    await heading(m.evening_question({ day: 4 }));
    (await button(m.evening_seen())).click();
    await heading(m.evening_who_title());
    (await button(m.save())).click();
    await screen.findByText(m.episode_seen_missing());
    (await button(m.evening_back())).click();
    await heading(m.evening_question({ day: 4 }));
    expect(sent()).toEqual([]);
  });

  it("having seen someone ends the counting", async () => {
    show();
    (await button(m.evening_seen())).click();
    (await screen.findByRole("radio", { name: "Physiotherapist" })).click();
    screen.getByRole("radio", { name: m.began_yesterday() }).click();
    (await button(m.save())).click();
    await heading(m.evening_noted_seen());
    expect(screen.getByText(m.evening_seen_next())).toBeTruthy();
    const body = expect.objectContaining({ answer: "seen", clinician: "physiotherapist" });
    await until(() => expect(sent()).toContainEqual([`/pain/prompts/${id}/answer`, body]));
  });
});

describe("an address with an answer in it", () => {
  it("gives it at once: better asks for the score", async () => {
    show(`kind=unresolved_pain&delivery=${delivery}&answer=better`);
    await heading(m.evening_score_title());
    await until(() => expect(prompt.answer).toBe("better"));
    const opened = `/reminders/deliveries/${delivery}/opened`;
    await until(() => expect(api.put.mock.calls.map(([to]) => to)).toContain(opened));
  });

  it("asks whether “not better” is the same or worse, and goes nowhere by itself", async () => {
    show("answer=not_better");
    await heading(m.evening_which_title());
    expect(screen.getAllByRole("button")).toHaveLength(2);
    expect(router.go).not.toHaveBeenCalled();
    (await button(m.evening_worse())).click();
    await until(() => expect(router.go).toHaveBeenCalledWith("/check?from=evening"));
  });

  it("that is none only asks", async () => {
    show("answer=delete_everything");
    await heading(m.evening_question({ day: 4 }));
    expect(sent()).toEqual([]);
  });
});

it("put off for an hour, where a message led here, it says until when", async () => {
  show(`delivery=${delivery}`);
  await heading(m.evening_question({ day: 4 }));
  (await button(m.answer_snooze_60())).click();
  await screen.findByText(m.answer_again_next());
  const path = `/reminders/deliveries/${delivery}/answer`;
  await until(() =>
    expect(api.put).toHaveBeenCalledWith(path, expect.objectContaining({ answer: "snooze_60" })),
  );
});

it("answered on another device, it shows what stands and what it still waits for", async () => {
  prompt = { ...prompt, answer: "worse", answered_at: asked_at, wants: "check" };
  show();
  await heading(m.evening_check_title({ noted: m.evening_noted_worse() }));
  await screen.findByText(m.evening_check_body_worse());
  expect(screen.queryByRole("button", { name: m.evening_better() })).toBeNull();
});

it("closed meanwhile, it says so", async () => {
  prompt = { ...prompt, closed: true, wants: null };
  show();
  await heading(m.evening_closed());
  expect(screen.getByRole("link", { name: m.not_found_home() })).toBeTruthy();
});

it("that is gone, it says so", async () => {
  api.get.mockRejectedValue(new ApiError(404, { code: "not_found" }));
  show();
  await heading(m.evening_gone_title());
});

it("somebody whom this browser does not know is told so", async () => {
  session.person = null;
  show();
  await heading(m.answer_stranger_title());
  expect(api.get).not.toHaveBeenCalled();
});
