import { beforeEach, expect, it, vi } from "vitest";
import { api, OfflineError } from "../../api/client";
import type { Reminder } from "../../api/types";
import { reminders } from "./store.svelte";

const walk: Reminder = {
  id: "a",
  kind: "walk",
  schedule: { days: [0], times: ["08:00"] },
  enabled: true,
  resting: false,
  next_due_at: "2026-11-30T07:00:00Z",
  created_at: "2026-01-01T00:00:00Z",
};

beforeEach(() => reminders.known.set([walk]));

it("moves a switch at once, and keeps what the server answers", async () => {
  const off = { ...walk, enabled: false, next_due_at: null };
  vi.spyOn(api, "put").mockResolvedValue(off);
  const turning = reminders.turn(walk, false);
  expect(reminders.find("a")?.enabled).toBe(false);
  await turning;
  expect(reminders.find("a")).toEqual(off);
});

it("moves the switch back when the change did not arrive", async () => {
  vi.spyOn(api, "put").mockRejectedValue(new OfflineError("no answer"));
  await expect(reminders.turn(walk, false)).rejects.toBeInstanceOf(OfflineError);
  expect(reminders.find("a")).toEqual(walk);
});

it("wakes a resting one by saving it again as it is", async () => {
  const put = vi.spyOn(api, "put").mockResolvedValue(walk);
  await reminders.wake({ ...walk, resting: true });
  const { kind, schedule, enabled } = walk;
  expect(put).toHaveBeenCalledWith("/reminders/a", { kind, schedule, enabled });
  expect(reminders.find("a")?.resting).toBe(false);
});

it("keeps a reminder whose deletion did not arrive", async () => {
  vi.spyOn(api, "delete").mockRejectedValue(new OfflineError("no answer"));
  await expect(reminders.remove("a")).rejects.toBeInstanceOf(OfflineError);
  expect(reminders.find("a")).toEqual(walk);
});
