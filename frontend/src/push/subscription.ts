/** Turning reminders on and off for this device. Nothing here throws: the answer is a word. */
import { api, ApiError, OfflineError } from "../api/client";
import type { Device } from "../api/types";
import {
  currentSubscription,
  deviceId,
  isOnHere,
  keepPushRecord,
  newDeviceId,
  pushRecord,
} from "./device";
import { bytesOf, sameBytes } from "./key";
import { withTimeout } from "./timeout";

export { deviceId } from "./device";

/**
 * `dismissed`: the person closed the browser's question. `refused`: the server will not send
 * through this browser's push service. `failed`: the push service or our server had trouble.
 */
export type EnableResult = "on" | "blocked" | "dismissed" | "offline" | "refused" | "failed";
/** `stopped`: the server has given up on this address, and only a new one helps. */
export type RefreshResult = "on" | "off" | "stopped" | "offline" | "refused" | "failed";

/** A push service that cannot be reached leaves `subscribe` waiting for ever. */
const SUBSCRIBE_MS = 20_000;

/** Call it straight from a tap: the permission question must be its first step. */
export function enable(): Promise<EnableResult> {
  return turnOn({ anew: false });
}

/** From a tap, too. For a device that has stopped: its address is thrown away for a new one. */
export function mend(): Promise<EnableResult> {
  return turnOn({ anew: true });
}

async function turnOn(how: { anew: boolean }): Promise<EnableResult> {
  try {
    const permission = await Notification.requestPermission();
    if (permission === "denied") return "blocked";
    if (permission === "default") return "dismissed";
    return await connect(how);
  } catch (error) {
    return nameOf(error);
  }
}

/** The browser forgets first: from then on nothing arrives, whatever the network does. */
export async function disable(): Promise<void> {
  await keepPushRecord(undefined);
  try {
    await (await currentSubscription())?.unsubscribe();
    await api.delete(`/push/subscriptions/${await deviceId()}`);
  } catch {
    // The server learns it from the push service at the next message: the address is gone.
  }
}

let refreshing: Promise<RefreshResult> | undefined;

/**
 * At each open: browsers change a device's address without telling anyone, so it is sent
 * again, and made again where it is gone. Two who ask at once share one answer.
 */
export function refresh(): Promise<RefreshResult> {
  refreshing ??= sendAgain().finally(() => (refreshing = undefined));
  return refreshing;
}

async function sendAgain(): Promise<RefreshResult> {
  try {
    if (!(await pushRecord()) || !isAllowed()) return "off";
    // The very address that failed, sent once more, would only hide that it fails.
    if (await isGivenUp()) return "stopped";
    return await connect({ anew: false });
  } catch (error) {
    return nameOf(error);
  }
}

/**
 * Whether reminders were on here and no longer arrive: blocked since, given up on by the server,
 * or without an address that could be had again quietly.
 */
export async function hasStopped(): Promise<boolean> {
  const record = await pushRecord();
  if (!record?.sent) return false;
  if (!isAllowed() || !(await isOnHere())) return (await refresh()) !== "on";
  return isGivenUp().catch(() => false);
}

/** The server refuses to use the address that this browser still has. */
async function isGivenUp(): Promise<boolean> {
  if (!(await isOnHere())) return false;
  const { results } = await api.get<{ results: Device[] }>("/push/subscriptions");
  const mine = await deviceId();
  return results.some(({ id, state }) => id === mine && state !== "active");
}

function isAllowed(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}

async function connect({ anew }: { anew: boolean }): Promise<"on"> {
  const { public_key: key } = await api.get<{ public_key: string }>("/push/key");
  // From here on the person wants it: should the next step fail, `refresh` tries again.
  await keepPushRecord({ key, sent: (await pushRecord())?.sent ?? null });
  const subscription = await subscribe(key, anew);
  await tellServer(subscription);
  await keepPushRecord({ key, sent: subscription.endpoint });
  return "on";
}

async function subscribe(key: string, anew: boolean): Promise<PushSubscription> {
  const { pushManager } = await withTimeout(navigator.serviceWorker.ready, SUBSCRIBE_MS);
  const existing = await pushManager.getSubscription();
  const fits = existing && sameBytes(existing.options.applicationServerKey, bytesOf(key));
  if (fits && !anew) return existing;
  // A subscription belongs to the key it was made with: one for an older key reaches nobody.
  await existing?.unsubscribe();
  const wish = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  return withTimeout(pushManager.subscribe(wish), SUBSCRIBE_MS);
}

async function tellServer(subscription: PushSubscription): Promise<void> {
  try {
    await putDevice(subscription);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // A new person on this phone: nobody yet, or the device still carries the last one's id.
    if (error.code === "no_session") await startSession();
    else if (error.status === 404) await newDeviceId();
    else throw error;
    await putDevice(subscription);
  }
}

async function putDevice(subscription: PushSubscription): Promise<void> {
  await api.put(`/push/subscriptions/${await deviceId()}`, subscription.toJSON());
}

/** Reminders may come before anything about health is stored, so before any consent. */
async function startSession(): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  await api.post("/session", { time_zone: timeZone, locale: document.documentElement.lang });
}

function nameOf(error: unknown): "offline" | "refused" | "failed" {
  if (error instanceof OfflineError) return "offline";
  const refused = error instanceof ApiError && error.code === "push_endpoint_refused";
  return refused ? "refused" : "failed";
}
