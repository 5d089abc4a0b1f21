import { expect, it } from "vitest";
import { m } from "../../paraglide/messages.js";
import { unblockSteps } from "./unblock";

const WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

it.each([
  ["an iPhone", `Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${WEBKIT}`, m.unblock_ios],
  [
    "Android",
    "Mozilla/5.0 (Linux; Android 16) Chrome/156.0 Mobile Safari/537.36",
    m.unblock_android,
  ],
  [
    "Firefox",
    "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
    m.unblock_firefox,
  ],
  ["Safari", `Mozilla/5.0 (Macintosh) ${WEBKIT} Version/18.4 Safari/605.1.15`, m.unblock_safari],
  ["Chrome", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36", m.unblock_chromium],
])("says where %s keeps the block", (_, userAgent, words) => {
  expect(unblockSteps(userAgent)).toBe(words());
});
