import { describe, expect, it } from "vitest";
import type { Entry } from "../../api/types";
import type { LocalEntry, PendingWrite } from "../../offline/outbox";
import type { Block } from "../check/types";
import { answerPath } from "../evening/prompt";
import type { Episode, EveningPrompt } from "../evening/types";
import {
  beginsSomething,
  endsIt,
  mayBeGone,
  measuresOf,
  NOTHING,
  offersFlare,
  standingOf,
  type Phone,
} from "./standing";
import type { Today } from "./types";

const now = new Date("2026-11-26T20:00:00Z");
const episode = { id: "e", closed_at: null } as Episode;
const prompt: EveningPrompt = {
  ...{ id: "p", evening: "2026-11-26", asked_at: "2026-11-26T19:30:00Z", episode: "e", day: 4 },
  ...{ answer: "", answered_at: null, wants: "answer", closed: false },
};
const block: Block = {
  ...{ id: "b", began_at: "2026-11-26T10:00:00Z", check: "c", lifted_at: null },
  ...{ lifted_as: "", clinician: "", seen_on: null },
};

function today(open: Partial<Today>): Today {
  return { latest_entry: null, ...open } as Today;
}

function phone(has: Partial<Phone>): Phone {
  return { ...NOTHING, ...has };
}

function write(about: PendingWrite["about"], rest: Partial<PendingWrite>): PendingWrite {
  return {
    ...{ key: "k", method: "PUT", path: "/", about },
    ...{ state: "waiting", reason: null, stamp: now.getTime(), ...rest },
  };
}

function last(score: number, at = now, of: string | null = "e"): Entry {
  return { score, at: at.toISOString(), episode: of } as Entry;
}

describe("what stands open", () => {
  it("is nothing while nothing is known", () => {
    expect(standingOf(undefined, NOTHING, now)).toEqual({
      ...{ block: null, prompt: null, episode: null, flare: null, unchecked: true },
    });
  });

  it("is nothing for what this phone kept from an earlier version", () => {
    const old = { date: "2026-11-26", latest_entry: last(4) } as Today;
    expect(standingOf(old, NOTHING, now)).toMatchObject({ prompt: null, episode: null });
  });

  it("is the question that waits, until it is 48 hours old", () => {
    const open = today({ episode, prompt });
    expect(standingOf(open, NOTHING, now).prompt).toEqual(prompt);
    const asked = new Date(prompt.asked_at).getTime();
    const at = (hours: number) => new Date(asked + hours * 3_600_000);
    expect(standingOf(open, NOTHING, at(48)).prompt).not.toBeNull();
    expect(standingOf(open, NOTHING, new Date(at(48).getTime() + 1)).prompt).toBeNull();
    const better = today({ episode, prompt: { ...prompt, answer: "better", wants: "score" } });
    expect(standingOf(better, NOTHING, at(49)).prompt?.wants).toBe("score");
  });

  it("is what the answer given on this phone still waits for", () => {
    const body = { answer: "same", at: "2026-11-26T19:50:00Z" };
    const said = write("prompt", { path: answerPath("p"), body });
    const open = standingOf(today({ episode, prompt }), phone({ writes: [said] }), now);
    expect(open.prompt).toMatchObject({ answer: "same", wants: "check" });
    const checked = write("check", { method: "POST", path: "/symptom-checks", body: {} });
    const after = standingOf(today({ episode, prompt }), phone({ writes: [said, checked] }), now);
    expect(after.prompt).toBeNull();
  });

  it("is no question about an episode that was closed here", () => {
    const closing = { episode: "e", at: now.toISOString() };
    const path = "/pain/episodes/current/close";
    const closed = write("episode", { method: "POST", path, body: closing });
    const open = standingOf(today({ episode, prompt }), phone({ writes: [closed] }), now);
    expect(open).toMatchObject({ episode: null, prompt: null });
  });

  it("is the server's block, or the one that only this phone knows of", () => {
    expect(standingOf(today({ block }), NOTHING, now).block).toBe(block);
    const local = { check: "c", at: "2026-11-26T19:59:00Z" };
    const here = standingOf(today({}), phone({ block: local }), now).block;
    expect(here).toMatchObject({ check: "c", began_at: local.at });
  });

  it("asks for a first check until one was given, here or elsewhere", () => {
    const check = { id: "c", at: now.toISOString(), level: "soon" } as const;
    expect(standingOf(today({}), NOTHING, now).unchecked).toBe(true);
    expect(standingOf(today({ check }), NOTHING, now).unchecked).toBe(false);
    expect(standingOf(today({}), phone({ checked: true }), now).unchecked).toBe(false);
  });

  it("leaves out a measure that was filled in here", () => {
    const due = today({ measures_due: ["peg", "psfs"] });
    const peg = write("measure", { body: { kind: "peg" } });
    expect(measuresOf(due, phone({ writes: [peg] }))).toEqual(["psfs"]);
    const refused = { ...peg, state: "refused", reason: "invalid" } as const;
    expect(measuresOf(due, phone({ writes: [refused] }))).toEqual(["peg", "psfs"]);
  });
});

describe("a score that was just given", () => {
  const none = today({ episode: null });

  it.each([
    [1, none, false],
    [2, none, true],
    [2, today({ episode }), false],
    [9, undefined, false],
    [9, {} as Today, false],
  ])("of %i begins something", (score, before, begins) => {
    expect(beginsSomething({ score, before })).toBe(begins);
  });

  it.each([
    [1, true],
    [2, false],
  ])("of %i may be the end of an open episode: %s", (score, gone) => {
    const open = standingOf(today({ episode }), NOTHING, now);
    expect(mayBeGone({ score, before: today({ episode }) }, open)).toBe(gone);
  });

  it("is not asked about where no episode is open, or where it closes it anyway", () => {
    const given = { score: 0, before: none };
    expect(mayBeGone(given, standingOf(none, NOTHING, now))).toBe(false);
    const better = today({ episode, prompt: { ...prompt, answer: "better", wants: "score" } });
    expect(mayBeGone(given, standingOf(better, NOTHING, now))).toBe(false);
  });

  it("after “better” ends it at 1, not at 2", () => {
    const before = today({ episode, prompt: { ...prompt, answer: "better", wants: "score" } });
    expect(endsIt({ score: 1, before }, NOTHING)).toBe(true);
    expect(endsIt({ score: 2, before }, NOTHING)).toBe(false);
    expect(endsIt({ score: 1, before: today({ episode, prompt }) }, NOTHING)).toBe(false);
  });

  it("ends it also while the answer still waits on this phone", () => {
    const at = "2026-11-26T19:50:00Z";
    const writes = [write("prompt", { path: answerPath("p"), body: { answer: "better", at } })];
    const given: LocalEntry = { id: "s", score: 1, at, state: "waiting", reason: null };
    const waits = phone({ writes, entries: [given] });
    expect(endsIt({ score: 1, before: today({ episode, prompt }) }, waits)).toBe(true);
  });
});

describe("a flare is offered", () => {
  const before = (score: number, of: string | null = "e") =>
    today({ episode, latest_entry: last(score, now, of) });

  it.each([
    [6, before(6), true],
    [5, before(4), false],
    [5, before(3), true],
    [5, before(3, null), false],
    [6, undefined, true],
    [5, today({ episode: null, latest_entry: last(1, now, null) }), false],
  ])("after a score of %i", (score, known, offered) => {
    expect(offersFlare({ score, before: known }, undefined, now)).toBe(offered);
  });

  it("for three hours after a high score, also when the person comes back", () => {
    const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    const offered = (minutes: number, score = 6) =>
      offersFlare(null, today({ latest_entry: last(score, ago(minutes)) }), now);
    expect(offered(179)).toBe(true);
    expect(offered(180)).toBe(false);
    expect(offered(1, 5)).toBe(false);
  });
});
