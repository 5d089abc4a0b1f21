import { describe, expect, it } from "vitest";
import { PegForm } from "./peg.svelte";
import { PsfsForm } from "./psfs.svelte";

describe("the weekly questions", () => {
  it("name those that have no answer yet", () => {
    const form = new PegForm();
    form.answer("pain", 0);
    expect(form.check()).toBe(false);
    expect(form.missing).toEqual(["enjoyment", "activity"]);
    form.answer("enjoyment", 3);
    expect(form.missing).toEqual(["activity"]);
  });

  it("are complete with three answers", () => {
    const form = new PegForm();
    for (const item of ["pain", "enjoyment", "activity"] as const) form.answer(item, 2);
    expect(form.check()).toBe(true);
  });
});

describe("own activities", () => {
  const NAMES = ["Shoes", "Meals", "Stairs"];

  function filled(names = NAMES): PsfsForm {
    const form = new PsfsForm(names);
    for (const row of form.rows) row.score = 5;
    return form;
  }

  it("begin with those of the last time, unscored", () => {
    const form = new PsfsForm(NAMES);
    expect(form.rows.map(({ name, score }) => [name, score])).toEqual(
      NAMES.map((name) => [name, null]),
    );
    expect(form.touched).toBe(false);
  });

  it("begin with three empty ones the first time", () => {
    expect(new PsfsForm([]).rows.map(({ name }) => name)).toEqual(["", "", ""]);
  });

  it("are three at least and five at most", () => {
    const form = filled();
    expect(form.fewest).toBe(true);
    for (let i = 0; i < 4; i += 1) form.add();
    expect(form.rows).toHaveLength(5);
    expect(form.full).toBe(true);
  });

  it("are each blamed for what they lack, and for nothing else", () => {
    const form = filled(["Shoes", "  ", " shoes "]);
    const [first, second, third] = form.rows;
    if (first) first.score = null;
    expect(form.check()).toBe(false);
    expect(form.troubles).toEqual({
      [first?.key ?? 0]: "score",
      [second?.key ?? 0]: "name",
      [third?.key ?? 0]: "twice",
    });
  });

  it("keep what was typed when one is removed", () => {
    const form = filled([...NAMES, "Lifting"]);
    form.remove(form.rows[1]?.key ?? -1);
    expect(form.answers.activities.map(({ name }) => name)).toEqual(["Shoes", "Stairs", "Lifting"]);
  });

  it("are sent without stray spaces", () => {
    expect(filled([" Tying  shoes ", "Meals", "Stairs"]).answers.activities[0]).toEqual({
      name: "Tying shoes",
      score: 5,
    });
  });

  it("come back from a draft, and more can be added to them", () => {
    const form = filled();
    form.add();
    const draft = JSON.parse(JSON.stringify(form.draft));
    const again = new PsfsForm([]);
    again.takeUp(draft);
    again.add();
    const keys = again.rows.map(({ key }) => key);
    expect(new Set(keys).size).toBe(5);
    expect(again.rows.map(({ name }) => name)).toEqual([...NAMES, "", ""]);
  });
});
