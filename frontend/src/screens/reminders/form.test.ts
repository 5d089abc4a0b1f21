import { describe, expect, it } from "vitest";
import { ApiError, OfflineError } from "../../api/client";
import { kindFrom, ReminderForm } from "./form.svelte";

describe("a new reminder", () => {
  it("starts as a walk every day in the morning", () => {
    expect(new ReminderForm("walk").draft()).toEqual({
      kind: "walk",
      schedule: { days: [0, 1, 2, 3, 4, 5, 6], times: ["08:00"] },
      enabled: true,
    });
  });

  it("takes its kind from the address, and a walk when the address makes none up", () => {
    expect(kindFrom(new URLSearchParams("kind=check_in"))).toBe("check_in");
    expect(kindFrom(new URLSearchParams("kind=nonsense"))).toBe("walk");
  });
});

describe("days and times", () => {
  it("switch one by one, all at once, and stay in order", () => {
    const form = new ReminderForm("walk");
    form.toggleEveryDay();
    form.toggleDay(4);
    form.toggleDay(0);
    expect(form.days).toEqual([0, 4]);
    form.toggleEveryDay();
    expect(form.everyDay).toBe(true);
  });

  it("are sent sorted and once each", () => {
    const form = new ReminderForm("walk");
    form.times = ["20:00", "08:00", "20:00"];
    expect(form.draft().schedule).toMatchObject({ times: ["08:00", "20:00"] });
  });

  it("offer another time than those already there", () => {
    const form = new ReminderForm("walk");
    form.addTime();
    expect(new Set(form.times).size).toBe(2);
  });
});

describe("changing position", () => {
  it("starts as a window on workdays", () => {
    expect(new ReminderForm("move").draft().schedule).toEqual({
      days: [0, 1, 2, 3, 4],
      from: "09:00",
      to: "17:00",
      every_minutes: 45,
      except: [],
    });
  });

  it("brings its window along only until the person has chosen days or a way", () => {
    const form = new ReminderForm("walk");
    form.choose("move");
    expect(form.how).toBe("window");
    form.choose("walk");
    expect([form.how, form.everyDay]).toEqual(["times", true]);
    form.toggleDay(6);
    form.choose("move");
    expect([form.how, form.days]).toEqual(["times", [0, 1, 2, 3, 4, 5]]);
  });

  it("keeps both forms while one looks at the other", () => {
    const form = new ReminderForm("move");
    form.window.addBreak();
    form.chooseHow("times");
    form.times = ["10:00"];
    expect(form.draft().schedule).toMatchObject({ times: ["10:00"] });
    form.chooseHow("window");
    expect(form.draft().schedule).toMatchObject({ except: [["12:00", "13:00"]] });
  });
});

describe("what is wrong", () => {
  it("is said beside the field, before anything is sent", () => {
    const form = new ReminderForm("walk");
    form.toggleEveryDay();
    form.times = [""];
    expect(form.check()).toBe(false);
    expect(Object.keys(form.problems).sort()).toEqual(["days", "times"]);
  });

  it("is forgotten once the field is corrected", () => {
    const form = new ReminderForm("walk");
    form.toggleEveryDay();
    form.check();
    form.toggleDay(2);
    expect(form.problems.days).toBeUndefined();
  });

  it("comes from the server's fields, and nothing typed is lost", () => {
    const form = new ReminderForm("check_in");
    form.times = ["25:00"];
    form.explain(
      new ApiError(400, {
        code: "invalid",
        fields: { "schedule.times": ["25:00 is not a time."] },
      }),
    );
    expect(form.problems).toEqual({ times: "25:00 is not a time." });
    expect(form.times).toEqual(["25:00"]);
    expect(form.kind).toBe("check_in");
  });

  it.each([
    ["schedule.every_minutes", "every"],
    ["schedule.except", "breaks"],
    ["schedule.to", "window"],
    ["from", "window"],
    ["kind", "kind"],
    ["something.new", "whole"],
  ])("with %s stands beside %s", (name, place) => {
    const form = new ReminderForm("move");
    form.explain(new ApiError(400, { code: "invalid", fields: { [name]: ["No."] } }));
    expect(form.problems).toEqual({ [place]: "No." });
  });

  it("is about the whole form when there is no network or the server is in trouble", () => {
    const form = new ReminderForm("walk");
    form.explain(new OfflineError("no answer"));
    expect(form.problems.whole).toMatch(/network/);
    form.explain(new ApiError(500, {}));
    expect(form.problems.whole).toMatch(/server/);
  });
});
