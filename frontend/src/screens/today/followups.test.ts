import { render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import { forgetAll } from "../../offline/cache";
import { m } from "../../paraglide/messages.js";
import type { Block } from "../check/types";
import type { Episode, EveningPrompt } from "../evening/types";
import FollowUps from "./FollowUps.svelte";
import { Score } from "./score.svelte";
import { NOTHING, type Phone } from "./standing";
import type { Today } from "./types";

const now = new Date().toISOString();
const episode = { id: "e", closed_at: null } as Episode;
const prompt: EveningPrompt = {
  ...{ id: "p", evening: "2026-11-26", asked_at: now, episode: "e", day: 4 },
  ...{ answer: "", answered_at: null, wants: "answer", closed: false },
};
const block: Block = {
  ...{ id: "b", began_at: now, check: "c", lifted_at: null },
  ...{ lifted_as: "", clinician: "", seen_on: null },
};
const check = { id: "c", at: now, level: "soon" } as const;
const score = { score: 4, at: "2026-11-20T08:00:00Z", episode: "e" };

let given: Score;

beforeEach(async () => {
  given = new Score(() => undefined);
  await forgetAll();
});

function show(open: Partial<Today>, phone: Phone = NOTHING): void {
  const today = { latest_entry: score, check, episode: null, ...open } as Today;
  render(FollowUps, { today, score: given, phone, accent: false, busy: false });
}

/** What stands there, from top to bottom, and which of it is the main action. */
function stands(): { order: string[]; main: string[] } {
  const marks = document.querySelectorAll("h2, .row b");
  const main = document.querySelectorAll(".key.main");
  const words = (all: NodeListOf<Element>) => [...all].map((one) => one.textContent.trim());
  return { order: words(marks), main: words(main) };
}

it("is empty while nothing stands open", () => {
  show({});
  expect(stands()).toEqual({ order: [], main: [] });
});

it("the evening question is the main action", () => {
  show({ episode, prompt });
  const question = m.evening_question({ day: 4 });
  expect(stands()).toEqual({ order: [question], main: [m.today_prompt_answer()] });
  const link = screen.getByRole("link", { name: m.today_prompt_answer() });
  expect(link.getAttribute("href")).toBe("/evening/p");
});

it("a block comes before it, and takes its place as what matters most", async () => {
  show({ episode, prompt, block });
  await screen.findByRole("heading", { name: m.block_title() });
  expect(stands()).toEqual({
    order: [m.block_title(), m.evening_question({ day: 4 })],
    main: [],
  });
});

it.each([
  ["better", "score", m.evening_score_title, "/evening/p"],
  ["same", "check", m.evening_noted_same, "/check?from=evening"],
  ["worse", "check", m.evening_noted_worse, "/check?from=evening"],
  ["not_better", "check", m.evening_which_title, "/evening/p"],
  ["seen", "who", m.evening_who_title, "/evening/p"],
] as const)("after %s it leads on to the %s", (answer, wants, title, href) => {
  show({ episode, prompt: { ...prompt, answer, answered_at: now, wants } });
  expect(stands()).toEqual({ order: [title()], main: [] });
  expect(screen.getByRole("link").getAttribute("href")).toBe(href);
});

it("the safety check is a quiet row for somebody who has not just given a score", () => {
  show({ check: null });
  expect(stands()).toEqual({ order: [m.today_check_row()], main: [] });
});

it("right after the first score it asks when this began, then for the safety check", async () => {
  given.before = { episode: null } as Today;
  given.saved = { id: "s", score: 4, at: now };
  show({ check: null, latest_entry: null });
  await screen.findByRole("heading", { name: m.today_began_title() });
  expect(stands()).toEqual({
    order: [m.today_began_title(), m.today_check_title()],
    main: [m.today_check_start()],
  });
  screen.getByRole("button", { name: m.today_began_skip() }).click();
  await vi.waitFor(() => expect(stands().order).toEqual([m.today_check_title()]));
});

it("“Earlier” opens every answer, and goes on among them", async () => {
  given.before = { episode: null } as Today;
  given.saved = { id: "s", score: 4, at: now };
  show({});
  (await screen.findByRole("radio", { name: m.today_began_earlier() })).click();
  const first = await screen.findByRole("radio", { name: m.began_months() });
  expect(first).toBeTruthy();
  await vi.waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("radio", { name: m.began_today() })),
  );
});

it("after a score of 1 it asks whether it is gone", () => {
  given.before = { episode, latest_entry: score } as Today;
  given.saved = { id: "s", score: 1, at: now };
  show({ episode });
  expect(stands().order).toEqual([m.today_gone_title()]);
  expect(screen.getByRole("button", { name: m.episode_gone() })).toBeTruthy();
});

it("a high score offers a flare, but not while walking is suspended", async () => {
  given.before = { episode, latest_entry: score } as Today;
  given.saved = { id: "s", score: 6, at: now };
  show({ episode });
  expect(stands().order).toEqual([m.flare_start()]);
  document.body.replaceChildren();
  show({ episode, block });
  await screen.findByRole("heading", { name: m.block_title() });
  expect(stands().order).toEqual([m.block_title()]);
});
