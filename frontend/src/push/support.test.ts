import { describe, expect, test } from "vitest";
import { deviceState, type PushEnvironment } from "./support";

const ANDROID =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1";
const OLD_IPHONE = IPHONE.replace("18_6", "16_3").replace("26.0", "16.3");
const IPHONE_CHROME =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/146.0 Mobile/15E148 Safari/604.1";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15";
const OLD_MAC = MAC.replace("18.4", "16.3");
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const phone: PushEnvironment = {
  userAgent: ANDROID,
  maxTouchPoints: 5,
  secure: true,
  installed: false,
  hasPush: true,
  permission: "default",
  on: false,
};
const iphone: PushEnvironment = { ...phone, userAgent: IPHONE, hasPush: false };
const ipad: PushEnvironment = { ...iphone, userAgent: MAC };
const mac: PushEnvironment = { ...phone, userAgent: MAC, maxTouchPoints: 0 };

describe("each device is told the one thing that is true of it", () => {
  test.each<[string, PushEnvironment, string]>([
    ["Android, never asked", phone, "askable"],
    ["Android, said no", { ...phone, permission: "denied" }, "blocked"],
    ["Android, allowed but off", { ...phone, permission: "granted" }, "allowed_off"],
    ["Android, on", { ...phone, permission: "granted", on: true }, "allowed_on"],
    ["Android, allowed, then taken back", { ...phone, permission: "denied", on: true }, "blocked"],
    ["Android over a plain LAN address", { ...phone, secure: false }, "unsupported"],
    ["Firefox on a desktop", { ...phone, userAgent: FIREFOX, maxTouchPoints: 0 }, "askable"],
    ["a browser without push", { ...phone, hasPush: false }, "unsupported"],
    ["iPhone in Safari", iphone, "install_first"],
    ["iPhone in Chrome", { ...iphone, userAgent: IPHONE_CHROME }, "install_first"],
    ["iPhone too old for push", { ...iphone, userAgent: OLD_IPHONE }, "unsupported"],
    ["iPhone over a plain LAN address", { ...iphone, secure: false }, "unsupported"],
    ["iPhone from the home screen", { ...iphone, installed: true, hasPush: true }, "askable"],
    ["iPhone from the home screen, no push", { ...iphone, installed: true }, "unsupported"],
    ["iPad that calls itself a Mac", ipad, "install_first"],
    ["old iPad that calls itself a Mac", { ...ipad, userAgent: OLD_MAC }, "unsupported"],
    ["iPad from the home screen", { ...ipad, installed: true, hasPush: true }, "askable"],
    ["Mac", mac, "askable"],
    ["Mac without push", { ...mac, hasPush: false }, "unsupported"],
  ])("%s: %s", (_name, env, state) => {
    expect(deviceState(env)).toBe(state);
  });
});
