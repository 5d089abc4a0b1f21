import { expect, test } from "vitest";
import { isAppRoute } from "./routes";

test.each(["/", "/diary", "/you/reminders", "/you/reminders/7d0e", "/apiary", "/api-help"])(
  "%s is a screen",
  (path) => expect(isAppRoute(path)).toBe(true),
);

test.each(["/api", "/api/v1/me", "/healthz", "/readyz", "/sw.js", "/icons/icon-192.png", "/a.b/c"])(
  "%s is the server's",
  (path) => expect(isAppRoute(path)).toBe(false),
);
