import { expect, it } from "vitest";
import type { Entry } from "../../api/types";
import type { LocalEntry } from "../../offline/outbox";
import { byDay, merge } from "./entries";

const NOW = new Date(2026, 10, 23, 16, 5);

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

function stored(id: string, when: string): Entry {
  return { id, score: 3, at: when, began_on: null, created_at: when };
}

function local(id: string, when: string, state: LocalEntry["state"] = "waiting"): LocalEntry {
  return { id, score: 5, at: when, state, reason: null };
}

it("lists what waits on the phone among what the server has, newest first", () => {
  const entries = merge([stored("b", at(23, 9)), stored("a", at(22, 9))], [local("c", at(22, 20))]);
  expect(entries.map(({ id, kept }) => [id, kept])).toEqual([
    ["b", "server"],
    ["c", "phone"],
    ["a", "server"],
  ]);
});

it("shows an entry once, as this phone has it, while it is being sent", () => {
  const entries = merge([stored("a", at(23, 9))], [local("a", at(23, 9))]);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ score: 5, kept: "phone" });
});

it("keeps in sight what the server would not take", () => {
  expect(merge([], [local("a", at(23, 9), "refused")])[0]?.kept).toBe("refused");
});

it("groups by day, with days named as people name them", () => {
  const entries = merge(
    [
      stored("a", at(23, 9)),
      stored("b", at(23, 7)),
      stored("c", at(22, 9)),
      stored("d", at(20, 9)),
    ],
    [],
  );
  expect(byDay(entries, NOW).map(({ name, entries: of }) => [name, of.length])).toEqual([
    ["Today", 2],
    ["Yesterday", 1],
    ["Friday 20 November", 1],
  ]);
});
