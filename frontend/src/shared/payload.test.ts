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
    data: { delivery: "7d0e", kind: "walk", due_at: "2026-11-23T07:00:00Z" },
  },
};

test("the server's message is read as it was written", () => {
  expect(parsePayload(JSON.stringify(walk), "en-GB")).toEqual(walk.notification);
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
