import { describe, expect, test } from "vitest";
import { parsePayload } from "./payload";

const walk = {
  web_push: 8030,
  notification: {
    title: "Backstep",
    body: "Zeit für deinen Gang",
    navigate: "https://back.example.org/?from=walk",
    tag: "3f1c",
    lang: "de",
    data: { delivery: "7d0e", kind: "walk", due_at: "2026-11-23T07:00:00Z", token: "a:b:c" },
    actions: [
      { action: "open", title: "Antworten" },
      { action: "snooze_60", title: "Später" },
    ],
  },
};

test("the server's message is read as it was written", () => {
  expect(parsePayload(JSON.stringify(walk), "en-GB")).toEqual(walk.notification);
});

function read(changes: object) {
  return parsePayload(JSON.stringify({ notification: { ...walk.notification, ...changes } }), "en");
}

test("of an action only its name and words are kept: where it leads is for Safari to know", () => {
  const answer = { navigate: "https://evil.example/", action: "done", title: " Done ", icon: "/x" };
  expect(read({ actions: [answer] }).actions).toEqual([{ action: "done", title: "Done" }]);
});

test("a third action is left out, and so is a very long title's end", () => {
  const three = ["done", "snooze_15", "snooze_60"].map((action) => ({
    action,
    title: "a".repeat(500),
  }));
  const { actions } = read({ actions: three });
  expect(actions.map(({ action }) => action)).toEqual(["done", "snooze_15"]);
  expect(actions[0]?.title.length).toBeLessThanOrEqual(40);
});

test.each([
  ["a text", "done"],
  ["null", null],
  ["an object", { 0: { action: "done", title: "Done" }, length: 1 }],
  ["nothing in it", []],
  ["empty places", [null, 7, "done", [], {}]],
  ["no title", [{ action: "done" }]],
  ["a title of spaces", [{ action: "done", title: "  " }]],
  ["no name", [{ title: "Done" }]],
  ["a name that is a path", [{ action: "../../me", title: "Done" }]],
  ["a name without end", [{ action: "a".repeat(5000), title: "Done" }]],
  ["names of other types", [{ action: { toString: "done" }, title: ["Done"] }]],
])("actions that are %s are no actions, and the rest is shown", (_name, actions) => {
  expect(read({ actions })).toMatchObject({ actions: [], title: "Backstep" });
});

test("an understandable action beside a broken one is kept", () => {
  const actions = [{ action: 7 }, { action: "done", title: "Done" }];
  expect(read({ actions }).actions).toEqual([{ action: "done", title: "Done" }]);
});

test.each([
  ["a token of another type", { token: 7 }, {}],
  ["a token without end", { token: "a".repeat(5000) }, {}],
  ["a delivery that is a path", { delivery: "../../me" }, {}],
  ["a delivery with a query", { delivery: "7d0e?x=1" }, {}],
  ["something else", { admin: "yes", kind: "walk" }, { kind: "walk" }],
])("%s is not handed on", (_name, data, kept) => {
  expect(read({ data }).data).toEqual(kept);
});

describe("whatever arrives, there is something to show", () => {
  test.each([
    ["nothing", null],
    ["an empty text", ""],
    ["no JSON", "hello"],
    ["JSON cut short", '{"web_push":8030,"notif'],
    ["null", "null"],
    ["a number", "42"],
    ["a list", "[1, 2]"],
    ["another shape", '{"message":"hello"}'],
    ["a notification that is a text", '{"notification":"hello"}'],
    ["a notification that is null", '{"notification":null}'],
    ["wrong types throughout", '{"notification":{"title":7,"body":{},"tag":[],"lang":1,"data":9}}'],
    ["spaces for a title", '{"notification":{"title":"   "}}'],
    ["a lone surrogate", '{"notification":{"body":"\\ud800","title":null}}'],
  ])("%s", (_name, text) => {
    const shown = parsePayload(text, "en");
    expect(shown.title).toBe("Backstep");
    expect(shown.body).not.toBe("");
    expect(shown.tag).not.toBe("");
    expect(shown.navigate).toBe("/");
  });
});

test.each([
  ["de-AT", "Tippen, um Backstep zu öffnen."],
  ["en-US", "Tap to open Backstep."],
  ["ar", "Tap to open Backstep."],
  ["", "Tap to open Backstep."],
])("without words of its own it speaks the browser's language (%s)", (language, body) => {
  expect(parsePayload(null, language).body).toBe(body);
});

test("a title alone is enough: no words are put in the server's mouth", () => {
  expect(parsePayload('{"notification":{"title":"Time to walk"}}', "en")).toMatchObject({
    title: "Time to walk",
    body: "",
  });
});

test("a message longer than a lock screen is cut", () => {
  const text = JSON.stringify({
    notification: { title: "a".repeat(4000), body: "b".repeat(4000) },
  });
  const { title, body } = parsePayload(text, "en");
  expect(title.length + body.length).toBeLessThanOrEqual(400);
});
