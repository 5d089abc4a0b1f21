import { describe, expect, it } from "vitest";
import type { Measure, Measures } from "../../api/types";
import { deletion, put, standing } from "./local";
import type { PegAnswers } from "./scales";

const answers: PegAnswers = { pain: 4, enjoyment: 4, activity: 5 };
const earlier: Measure = {
  ...({ id: "old", kind: "peg", at: "2026-11-16T09:00:00Z", answers, mean: 4.3 } as const),
  ...({ change: null, matters: "" } as const),
};
const server: Measures = {
  peg: { due: true, results: [earlier] },
  psfs: { due: true, results: [], activities: ["Stairs"] },
};
const at = "2026-11-23T09:00:00Z";

const waiting = (write: ReturnType<typeof put>, state: "waiting" | "refused" = "waiting") => ({
  ...write,
  state,
});

describe("what was filled in on this phone", () => {
  it("is among the results before the server has it, and is not due any more", () => {
    const { peg } = standing(server, [waiting(put("new", { kind: "peg", at, answers }))]);
    expect(peg.results.map(({ id, kept, mean }) => [id, kept, mean])).toEqual([
      ["new", "phone", 4.3],
      ["old", "server", 4.3],
    ]);
    expect(peg.due).toBe(false);
  });

  it("leaves the other questionnaire due", () => {
    const { psfs } = standing(server, [waiting(put("new", { kind: "peg", at, answers }))]);
    expect(psfs).toEqual({ due: true, results: [] });
  });

  it("stays in sight, and stays due, where the server would not take it", () => {
    const refused = waiting(put("new", { kind: "peg", at, answers }), "refused");
    const { peg } = standing(server, [refused]);
    expect(peg.results[0]?.kept).toBe("refused");
    expect(peg.due).toBe(true);
  });

  it("names the activities for the next time", () => {
    const activities = ["Shoes", "Meals", "Stairs"].map((name) => ({ name, score: 3 }));
    const write = put("new", { kind: "psfs", at, answers: { activities } });
    expect(standing(server, [waiting(write)]).activities).toEqual(["Shoes", "Meals", "Stairs"]);
    expect(standing(server, []).activities).toEqual(["Stairs"]);
  });
});

it("what was deleted here is gone here", () => {
  expect(standing(server, [waiting(deletion("old"))]).peg.results).toEqual([]);
});

it("nothing is due as long as nobody has said so", () => {
  expect(standing(undefined, []).peg).toEqual({ due: false, results: [] });
});
