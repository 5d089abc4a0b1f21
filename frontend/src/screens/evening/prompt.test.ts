import { describe, expect, it } from "vitest";
import type { LocalEntry, PendingWrite } from "../../offline/outbox";
import { answerPath, withPhone, type AnswerBody, type OnPhone } from "./prompt";
import type { EveningPrompt } from "./types";

const asked_at = "2026-11-26T19:30:00Z";
const at = "2026-11-26T19:40:00Z";
const prompt: EveningPrompt = {
  ...{ id: "p", evening: "2026-11-26", asked_at, episode: "e", day: 4 },
  ...{ answer: "", answered_at: null, wants: "answer", closed: false },
};

function said(body: Partial<AnswerBody>, rest: Partial<PendingWrite> = {}): PendingWrite {
  return {
    ...{ key: "p", method: "PUT", path: answerPath("p"), about: "prompt" },
    ...{ body: { at, ...body }, state: "waiting", reason: null, stamp: 1, ...rest },
  };
}

function score(score: number, at: string, state: LocalEntry["state"] = "waiting"): LocalEntry {
  return { id: crypto.randomUUID(), score, at, state, reason: null };
}

function check(when: string): PendingWrite {
  return {
    ...{ key: "k", method: "POST", path: "/symptom-checks", body: {}, about: "check" },
    ...{ state: "waiting", reason: null, stamp: Date.parse(when) },
  };
}

function phone({ entries = [], writes = [] }: Partial<OnPhone>): OnPhone {
  return { entries, writes };
}

it("stands as the server has it while nothing waits here", () => {
  expect(withPhone(prompt, phone({}))).toEqual(prompt);
});

describe("an answer that waits here", () => {
  it.each([
    ["better", "score"],
    ["same", "check"],
    ["worse", "check"],
    ["not_better", "check"],
    ["seen", "who"],
  ] as const)("%s goes on to the %s", (answer, wants) => {
    const stands = withPhone(prompt, phone({ writes: [said({ answer })] }));
    expect(stands).toMatchObject({ answer, answered_at: at, wants });
  });

  it("is complete where it says who was seen", () => {
    const writes = [said({ answer: "seen", clinician: "doctor" })];
    expect(withPhone(prompt, phone({ writes })).wants).toBeNull();
    const known = { ...prompt, answer: "seen", answered_at: at, wants: "who" } as const;
    expect(withPhone(known, phone({ writes })).wants).toBeNull();
  });

  it("does not stand against an earlier one that the server has", () => {
    const known = { ...prompt, answer: "worse", answered_at: at, wants: "check" } as const;
    expect(withPhone(known, phone({ writes: [said({ answer: "better" })] }))).toEqual(known);
  });

  it("makes “not better” more precise", () => {
    const known = { ...prompt, answer: "not_better", answered_at: at, wants: "check" } as const;
    const writes = [said({ answer: "not_better" }), said({ answer: "worse" })];
    expect(withPhone(known, phone({ writes })).answer).toBe("worse");
    expect(withPhone(prompt, phone({ writes })).answer).toBe("worse");
  });

  it("asks for nothing again that the server already has", () => {
    const known = { ...prompt, answer: "better", answered_at: at, wants: null } as const;
    expect(withPhone(known, phone({ writes: [said({ answer: "better" })] })).wants).toBeNull();
  });

  it("does not count where the server turned it down, or where it is about another", () => {
    const refused = said({ answer: "same" }, { state: "refused", reason: "invalid" });
    const other = said({ answer: "same" }, { path: answerPath("q") });
    expect(withPhone(prompt, phone({ writes: [refused, other] }))).toEqual(prompt);
  });
});

describe("after “better”", () => {
  const better = { ...prompt, answer: "better", answered_at: at, wants: "score" } as const;
  const later = "2026-11-26T19:41:00Z";

  it.each([
    [0, true],
    [1, true],
    [2, false],
  ])("a score of %i that waits here closes it: %s", (value, closed) => {
    const stands = withPhone(better, phone({ entries: [score(value, later)] }));
    expect(stands).toMatchObject({ wants: null, closed });
  });

  it("the first score counts, whatever order they are in", () => {
    const entries = [score(1, "2026-11-26T20:00:00Z"), score(3, at)];
    expect(withPhone(better, phone({ entries })).closed).toBe(false);
  });

  it("an earlier score, or one that was turned down, is not it", () => {
    const entries = [score(1, "2026-11-26T19:39:59Z"), score(1, later, "refused")];
    expect(withPhone(better, phone({ entries })).wants).toBe("score");
  });
});

describe("after “the same”", () => {
  const same = { ...prompt, answer: "same", answered_at: at, wants: "check" } as const;

  it("a check since it was asked is enough", () => {
    expect(withPhone(same, phone({ writes: [check(asked_at)] })).wants).toBeNull();
  });

  it("an earlier check is not", () => {
    const writes = [check("2026-11-26T19:29:59Z")];
    expect(withPhone(same, phone({ writes })).wants).toBe("check");
  });
});

it("asks for nothing once its episode is over", () => {
  const over = { ...prompt, closed: true, wants: "score" } as const;
  expect(withPhone(over, phone({})).wants).toBeNull();
});
