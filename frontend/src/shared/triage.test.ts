import { describe, expect, it } from "vitest";
import cases from "../../../tests/contract/cases/triage.json";
import en from "../content/en.json";
import { assess, LEVELS, type Rule } from "./triage";

const rules = en.symptoms.rows as Rule[];

describe("the symptom check on the phone", () => {
  it("has the very cases that the server is tested on", () => {
    expect(cases.wording).toBe(en.symptoms.wording);
    expect(cases.cases.length).toBeGreaterThan(2_000);
  });

  it("comes to the same level and rows as the server in every case", () => {
    const wrong = cases.cases.filter(({ facts, level, rows }) => {
      const found = assess(rules, facts);
      return found.level !== level || found.rows.join() !== rows.join();
    });
    expect(wrong).toEqual([]);
  });

  it("calls nothing ticked self-care", () => {
    expect(assess(rules, [])).toEqual({ level: "self_care", rows: [] });
  });

  it("lets the most urgent row win, in whatever order things were ticked", () => {
    const table: Rule[] = LEVELS.slice(1).map((level) => ({ id: level, level, all_of: [level] }));
    expect(assess(table, ["emergency", "soon"])).toEqual({
      level: "emergency",
      rows: ["soon", "emergency"],
    });
  });

  it("matches a row only where all of its facts are ticked", () => {
    const table: Rule[] = [{ id: "both", level: "soon", all_of: ["a", "b"] }];
    expect(assess(table, ["a"]).rows).toEqual([]);
    expect(assess(table, ["b", "c", "a"]).rows).toEqual(["both"]);
  });
});
