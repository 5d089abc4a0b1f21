import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../../api/errors";
import { m } from "../../paraglide/messages.js";
import type { Person } from "../../api/types";

const api = vi.hoisted(() => ({ get: vi.fn(), put: vi.fn(), delete: vi.fn() }));
vi.mock("../../api/client", () => ({ ApiError, OfflineError, api }));

import { notices } from "../../frame/notice.svelte";
import { session } from "../../frame/session.svelte";
import { forgetAll } from "../../offline/cache";
import { router } from "../../router";
import { localDate } from "./dates";
import Clearance from "./Clearance.svelte";
import { holdUnsaved, letGoUnsaved } from "./kept";
import { localBlock } from "./local";
import type { Check } from "./types";

const today = localDate(new Date());
const block = { id: "b", check: "a", began_at: new Date().toISOString(), lifted_at: null };
const emergency = { id: "a", level: "emergency", at: block.began_at, corrects: null };

beforeEach(async () => {
  await forgetAll();
  letGoUnsaved();
  notices.close();
  session.person = { locale: "en" } as Person;
  vi.spyOn(session, "open").mockResolvedValue(undefined);
  vi.spyOn(router, "go").mockReturnValue(undefined);
  api.get.mockReset().mockResolvedValue({ block });
  api.put.mockReset().mockResolvedValue({});
  api.delete.mockReset().mockResolvedValue(undefined);
  render(Clearance);
});

const save = async () => fireEvent.click(await screen.findByText(m.clearance_save()));
const when = () => screen.findByLabelText(m.clearance_when());
const choose = async (name: string) => fireEvent.click(await screen.findByRole("radio", { name }));

it("is recorded with who and when, today unless said otherwise", async () => {
  await choose(m.clinician_doctor());
  await save();
  await vi.waitFor(() => expect(api.put).toHaveBeenCalled());
  const sent = { clinician: "doctor", seen_on: today, at: expect.any(String) };
  expect(api.put).toHaveBeenCalledWith("/safety/blocks/b/clearance", sent);
  expect(router.go).toHaveBeenCalledWith("/", { replace: true });
});

it("can be taken back from the notice", async () => {
  await choose(m.clinician_emergency());
  await save();
  await vi.waitFor(() => expect(notices.current?.text).toBe(m.clearance_saved()));
  await notices.undo();
  expect(api.delete).toHaveBeenCalledWith("/safety/blocks/b/clearance");
});

it("needs to say who", async () => {
  await save();
  await screen.findByText(m.clearance_who_missing());
  expect(api.put).not.toHaveBeenCalled();
});

it.each([
  ["tomorrow", 1, () => m.clearance_when_future()],
  ["the day before the check", -1, () => m.clearance_when_before()],
])("cannot have been %s", async (_name, days, problem) => {
  await choose(m.clinician_doctor());
  const day = localDate(new Date(Date.now() + days * 86_400_000));
  await fireEvent.input(await when(), { target: { value: day } });
  await save();
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(problem()));
  expect(api.put).not.toHaveBeenCalled();
});

it("says that nothing is suspended where nothing is", async () => {
  api.get.mockResolvedValue({ block: null });
  document.body.replaceChildren();
  render(Clearance);
  await screen.findByText(m.clearance_none());
});

it("does not guess where nobody can say", async () => {
  api.get.mockRejectedValue(new OfflineError("No network."));
  document.body.replaceChildren();
  render(Clearance);
  await screen.findByText(m.clearance_unknown());
});

it("lifts what only this phone knows of, without a network", async () => {
  api.get.mockRejectedValue(new OfflineError("No network."));
  holdUnsaved(emergency as Check);
  document.body.replaceChildren();
  render(Clearance);
  await choose(m.clinician_physiotherapist());
  await save();
  await vi.waitFor(() => expect(router.go).toHaveBeenCalled());
  expect(await localBlock()).toBeNull();
  expect(api.put).not.toHaveBeenCalled();
});
