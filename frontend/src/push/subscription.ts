/** Turning reminders on and off for this device. Nothing here throws: the answer is a word. */
import { api, ApiError, OfflineError } from "../api/client";
import { currentSubscription, deviceId, keepPushRecord, newDeviceId, pushRecord } from "./device";
import { bytesOf, sameBytes } from "./key";
import { withTimeout } from "./timeout";

export { deviceId } from "./device";

/**
 * `dismissed`: the person closed the browser's question. `refused`: the server will not send
 * through this browser's push service. `failed`: the push service or our server had trouble.
 */
export type EnableResult = "on" | "blocked" | "dismissed" | "offline" | "refused" | "failed";
export type RefreshResult = "on" | "off" | "offline" | "refused" | "failed";

/** A push service that cannot be reached leaves `subscribe` waiting for ever. */
const SUBSCRIBE_MS = 20_000;

/** Call it straight from a tap: the permission question must be its first step. */
export async function enable(): Promise<EnableResult> {
  try {
    const permission = await Notification.requestPermission();
    if (permission === "denied") return "blocked";
    if (permission === "default") return "dismissed";
    return await connect();
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

/**
 * At each open: browsers change a device's address without telling anyone, so it is sent
 * again, and made again where it is gone.
 */
export async function refresh(): Promise<RefreshResult> {
  try {
    if (!(await pushRecord()) || !isAllowed()) return "off";
    return await connect();
  } catch (error) {
    return nameOf(error);
  }
}

function isAllowed(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}

async function connect(): Promise<"on"> {
  const { public_key: key } = await api.get<{ public_key: string }>("/push/key");
  // From here on the person wants it: should the next step fail, `refresh` tries again.
  await keepPushRecord({ key, sent: (await pushRecord())?.sent ?? null });
  const subscription = await subscribe(key);
  await tellServer(subscription);
  await keepPushRecord({ key, sent: subscription.endpoint });
  return "on";
}

async function subscribe(key: string): Promise<PushSubscription> {
  const { pushManager } = await withTimeout(navigator.serviceWorker.ready, SUBSCRIBE_MS);
  const existing = await pushManager.getSubscription();
  if (existing && sameBytes(existing.options.applicationServerKey, bytesOf(key))) return existing;
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
