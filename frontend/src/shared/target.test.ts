import { expect, test } from "vitest";
import { safeTarget } from "./target";

const HOME = "https://back.example.org";

test.each([
  ["https://back.example.org/?from=walk", "/?from=walk"],
  ["https://back.example.org/you/reminders#next", "/you/reminders#next"],
  ["/diary", "/diary"],
  ["diary", "/diary"],
  ["https://user:secret@back.example.org/diary", "/diary"],
  ["https://BACK.example.org:443/diary", "/diary"],
])("our own address %s leads to %s", (navigate, path) => {
  expect(safeTarget(navigate, HOME)).toBe(path);
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "\\\\evil.example",
  "https://back.example.org.evil.example/",
  "https://back.example.org@evil.example/",
  "https://back.example.org//evil.example/",
  "https://back.example.org/\\evil.example/",
  "http://back.example.org/",
  "https://back.example.org:8443/",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,hello",
  "blob:https://back.example.org/4f0c",
  "file:///etc/passwd",
  "https://",
  "",
])("%j leads to Today", (navigate) => {
  expect(safeTarget(navigate, HOME)).toBe("/");
});

test("whatever comes out opens on our own origin", () => {
  const hostile = ["//evil.example", "/\\/evil.example", "/\t/evil.example", "https:/evil.example"];
  for (const navigate of hostile) {
    expect(new URL(safeTarget(navigate, HOME), HOME).origin).toBe(HOME);
  }
});
