import { expect, test, vi } from "vitest";

vi.mock("workbox-precaching", () => ({ matchPrecache: vi.fn() }));

import { matchPrecache } from "workbox-precaching";
import { isAppNavigation, shell } from "./precache";

const open = (path: string, mode: RequestMode = "navigate") =>
  isAppNavigation({ mode, url: `https://back.example.org${path}` });

test.each(["/", "/?from=walk", "/diary", "/you/reminders/7d0e#top", "/?next=/api/v1/me"])(
  "opening %s opens the app's shell",
  (path) => expect(open(path)).toBe(true),
);

test.each(["/api/v1/schema", "/healthz", "/readyz", "/sw.js", "/icons/icon-192.png"])(
  "opening %s is left to the server",
  (path) => expect(open(path)).toBe(false),
);

test("calls, pictures and scripts are never answered with the shell", () => {
  for (const mode of ["cors", "no-cors", "same-origin"] as const) {
    expect(open("/diary", mode)).toBe(false);
  }
});

test("a shell that is not on the phone is fetched", async () => {
  const request = new Request("https://back.example.org/diary");
  const answer = new Response("shell");
  const fetched = vi.fn(() => Promise.resolve(answer));
  vi.stubGlobal("fetch", fetched);
  expect(await shell(request)).toBe(answer);
  expect(fetched).toHaveBeenCalledWith(request);
  vi.mocked(matchPrecache).mockResolvedValueOnce(answer);
  expect(await shell(request)).toBe(answer);
  expect(fetched).toHaveBeenCalledTimes(1);
});
