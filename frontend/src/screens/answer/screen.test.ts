import { render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import { m } from "../../paraglide/messages.js";
import type { Person } from "../../api/types";
import type { Asked } from "./answer.svelte";

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

import { session } from "../../frame/session.svelte";
import Answer from "./Answer.svelte";

let id: string;
let server: Asked;

beforeEach(() => {
  id = crypto.randomUUID(); // the outbox outlives a test
  server = {
    kind: "walk",
    due_at: "2026-11-23T08:00:00Z",
    answer: "",
    answered_at: null,
    answers: ["done", "snooze_15", "snooze_60", "skip_today"],
    path: "/move",
  };
  session.person = { locale: "en" } as Person;
  api.get.mockReset().mockImplementation(async () => server);
  api.put.mockReset().mockImplementation(async (to: string, body: { answer: string }) => {
    if (!to.endsWith("/answer")) return;
    server = { ...server, answer: body.answer, answered_at: "2026-11-23T08:20:00Z" };
  });
});

function show(query: string): void {
  render(Answer, { params: { id }, query: new URLSearchParams(query) });
}

it("the question stands before the server has answered", async () => {
  api.get.mockReturnValue(new Promise(() => undefined));
  show("kind=walk");
  expect(screen.getByRole("heading").textContent).toBe(m.answer_question_walk());
  for (const name of [m.answer_done_walk(), m.answer_snooze_15(), m.answer_skip_today()]) {
    expect(screen.getByRole("button", { name })).toBeTruthy();
  }
});

it("an answer in the address is given at once, and said", async () => {
  show("kind=walk&answer=done");
  const title = await screen.findByRole("heading", { name: m.answer_noted_walk() });
  expect(document.activeElement).toBe(title);
  await screen.findByText(m.score_synced());
  expect(server.answer).toBe("done");
  expect(screen.queryByRole("button")).toBeNull();
});

it("an address with words that are no answer only asks", async () => {
  show("kind=walk&answer=delete_everything");
  await screen.findByText(m.answer_open_room({ room: m.room_move() }));
  expect(screen.getByRole("button", { name: m.answer_done_walk() })).toBeTruthy();
  await vi.waitFor(() => expect(api.put).toHaveBeenCalled());
  expect(api.put.mock.calls.map(([to]) => to)).toEqual([`/reminders/deliveries/${id}/opened`]);
});

it("a kind of a later version gets plain words", async () => {
  server.kind = "hydration";
  show("kind=constructor");
  expect(screen.getByRole("heading").textContent).toBe(m.answer_question());
  expect(screen.getByRole("button", { name: m.answer_done() })).toBeTruthy();
});

it("a check-in leads to the score on Today", async () => {
  server.kind = "check_in";
  show("kind=check_in");
  const link = screen.getByRole("link", { name: m.answer_score() });
  expect(link.getAttribute("href")).toBe("/");
});

it("a flare asks whether more is all right, and takes the answer", async () => {
  server = { ...server, kind: "step_up", answers: ["ready", "not_yet"], path: "/flare" };
  show("kind=step_up");
  expect(screen.getByRole("heading").textContent).toBe(m.flare_ready_question());
  expect(screen.getAllByRole("button")).toHaveLength(2);
  screen.getByRole("button", { name: m.flare_not_yet() }).click();
  await screen.findByRole("heading", { name: m.answer_noted_not_yet() });
  await vi.waitFor(() => expect(server.answer).toBe("not_yet"));
});

it.each([
  ["unresolved_pain", ["better", "snooze_60"], "/", m.today_prompt_answer],
  ["measure", ["snooze_60"], "/diary/measures", m.answer_measure],
])("%s is answered where its own screen is", async (kind, answers, path, name) => {
  server = { ...server, kind, answers, path };
  show(`kind=${kind}`);
  await vi.waitFor(() => {
    expect(screen.getByRole("link", { name: name() }).getAttribute("href")).toBe(path);
    expect(screen.getAllByRole("button")).toHaveLength(1);
  });
  expect(screen.getByRole("button", { name: m.answer_snooze_60() })).toBeTruthy();
});

it("a path that leads elsewhere leads to Today", async () => {
  server.path = "//evil.example/";
  show("kind=walk");
  const link = await screen.findByText(m.answer_open_room({ room: m.room_today() }));
  expect(link.getAttribute("href")).toBe("/");
});
