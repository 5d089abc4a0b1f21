import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../api/types";
import { byDay, outcome, reasonInWords } from "./history";

const NOW = new Date(2026, 10, 25, 20, 0);
const at = (hour: number, minute = 0, day = 25) =>
  new Date(2026, 10, day, hour, minute).toISOString();

let made = 0;
function entry(more: Partial<Delivery> = {}): Delivery {
  return {
    id: String(made++),
    reminder: "r",
    kind: "walk",
    due_at: at(8),
    state: "sent",
    reason: "",
    question: false,
    sent_at: at(8),
    shown_at: null,
    opened_at: null,
    dismissed_at: null,
    answer: "",
    answered_at: null,
    answers: [],
    path: "/",
    ...more,
  };
}

describe("what became of a reminder", () => {
  const shown = { shown_at: at(8) };
  it.each([
    [{ ...shown, answer: "done", answered_at: at(8, 20) }, "Shown, done at 08:20"],
    [
      { ...shown, answer: "snooze_15", answered_at: at(8, 1) },
      "Shown, put off for 15 min at 08:01",
    ],
    [
      { ...shown, answer: "snooze_60", answered_at: at(8, 1) },
      "Shown, put off for an hour at 08:01",
    ],
    [{ ...shown, answer: "skip_today", answered_at: at(8, 1) }, "Shown, “not today” at 08:01"],
    [{ ...shown, answer: "better", answered_at: at(8, 1) }, "Shown, answered at 08:01"],
    [{ ...shown, opened_at: at(8, 5), dismissed_at: at(8, 6) }, "Shown, opened at 08:05"],
    [{ ...shown, dismissed_at: at(8, 6) }, "Shown, put away at 08:06"],
    [shown, "Shown, no answer"],
    [{}, "Sent, no answer"],
    [{ ...shown, question: true }, "Asked about another time, no answer"],
    [{ state: "skipped", reason: "quiet_hours" }, "Skipped, quiet hours"],
    [{ state: "failed", reason: "no_device" }, /^Did not arrive, /],
    [{ state: "pending", reason: "quiet_hours" }, "Waits until your quiet hours end"],
    [{ state: "pending" }, "On its way"],
  ] as [Partial<Delivery>, string | RegExp][])("%o is %s", (more, words) => {
    expect(outcome(entry(more))).toMatch(words);
  });

  it("has words for every reason that the server's code can store", () => {
    const known = [
      "disabled",
      "done",
      "answered",
      "stale",
      "held",
      "quiet_hours",
      "cap",
      "resting",
    ];
    known.push("no_device", "gone", "refused", "unreachable", "set_aside", "broken", "withdrawn");
    const words = known.map(reasonInWords);
    expect(new Set(words).size).toBe(known.length);
    expect(words).not.toContain(reasonInWords("something new"));
  });
});

describe("the days", () => {
  it("come newest first, with what came and what was answered", () => {
    const days = byDay(
      [
        entry({ due_at: at(17), answer: "done", answered_at: at(17, 5) }),
        entry({ due_at: at(8) }),
        entry({ due_at: at(8, 0, 24), state: "skipped", reason: "held" }),
        entry({ due_at: at(8, 0, 20) }),
      ],
      NOW,
    );
    expect(days.map(({ name }) => name)).toEqual(["Today", "Yesterday", "Friday 20 November"]);
    expect(days.map(({ summary }) => summary)).toEqual([
      "2 came, 1 answered",
      "None came",
      "1 came",
    ]);
  });

  it("fold several that were skipped for one reason into one line, and nothing else", () => {
    const skipped = { kind: "move", state: "skipped", reason: "held" } as const;
    const [day] = byDay(
      [
        entry({ ...skipped, due_at: at(12) }),
        entry({ ...skipped, due_at: at(11) }),
        entry({ ...skipped, due_at: at(10), reason: "cap" }),
        entry({ due_at: at(9) }),
        entry({ due_at: at(8) }),
      ],
      NOW,
    );
    expect(day?.lines.map(({ times }) => times.length)).toEqual([2, 1, 1, 1]);
  });
});

it.each(["en", "de"])("the lock screen's examples are the server's own words in %s", (locale) => {
  const read = (path: string) => readFileSync(path, "utf8");
  const server = read(`../backend/core/messages/${locale}.toml`);
  const app = JSON.parse(read(`messages/${locale}.json`)) as Record<string, string>;
  const examples = Object.entries(app).filter(([key]) => /^lock_(example|key)_/.test(key));
  expect(examples).toHaveLength(5);
  for (const [, words] of examples) expect(server).toContain(`"${words}"`);
});
