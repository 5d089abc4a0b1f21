import { isOnHere } from "./device";

/** What this device can do about reminders, in one word each. */
export type DeviceState =
  "unsupported" | "install_first" | "blocked" | "askable" | "allowed_off" | "allowed_on";

/** All that the answer depends on, so that every kind of phone can be put to the test. */
export interface PushEnvironment {
  userAgent: string;
  /** An iPad asks for desktop pages under a Mac's name; only its fingers give it away. */
  maxTouchPoints: number;
  /** https, or this very computer: elsewhere there is no worker and no push. */
  secure: boolean;
  /** Opened from the home screen. */
  installed: boolean;
  hasPush: boolean;
  permission: NotificationPermission;
  /** Subscribed, and the server knows. */
  on: boolean;
}

type Version = readonly [major: number, minor: number];

/** The first iOS that gives pushes, and only to apps on the home screen. */
const FIRST_IOS: Version = [16, 4];

export function deviceState(env: PushEnvironment): DeviceState {
  if (!env.secure) return "unsupported";
  if (!env.hasPush) return mustInstallFirst(env) ? "install_first" : "unsupported";
  if (env.permission === "denied") return "blocked";
  if (env.permission === "default") return "askable";
  return env.on ? "allowed_on" : "allowed_off";
}

export function isIos({ userAgent, maxTouchPoints }: PushEnvironment): boolean {
  if (/iPhone|iPad|iPod/.test(userAgent)) return true;
  return userAgent.includes("Macintosh") && maxTouchPoints > 1;
}

/** iOS gives push to installed apps only, and tells a page in the browser nothing of it. */
function mustInstallFirst(env: PushEnvironment): boolean {
  return isIos(env) && !env.installed && !isBefore(FIRST_IOS, iosVersion(env.userAgent));
}

/** From "iPhone OS 17_4 like Mac OS X", or from an iPad's "Version/17.4 Safari". */
function iosVersion(userAgent: string): Version | null {
  const found = /\bOS (\d+)_(\d+) like/.exec(userAgent) ?? /Version\/(\d+)\.(\d+)/.exec(userAgent);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

/** Without a version to read, the phone gets the benefit of the doubt. */
function isBefore(first: Version, version: Version | null): boolean {
  if (!version) return false;
  return version[0] < first[0] || (version[0] === first[0] && version[1] < first[1]);
}

/** The state of the device that the person is holding. */
export async function currentState(): Promise<DeviceState> {
  return deviceState({ ...readEnvironment(), on: await isOnHere() });
}

function readEnvironment(): Omit<PushEnvironment, "on"> {
  return {
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    secure: isSecureContext,
    installed: isInstalled(),
    hasPush: "serviceWorker" in navigator && "PushManager" in window && "Notification" in window,
    permission: "Notification" in window ? Notification.permission : "denied",
  };
}

function isInstalled(): boolean {
  // Older iOS answers only under its own name.
  const { standalone } = navigator as Navigator & { standalone?: boolean };
  return standalone === true || matchMedia("(display-mode: standalone)").matches;
}
