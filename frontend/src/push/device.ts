/** What this device knows about itself; the server's word on it is in `/push/subscriptions`. */
import { open } from "../offline/db";
import { RECORD, type PushRecord } from "../shared/pushrecord";

const ID = "id";

/** This device's own name at the server, made here once. */
export async function deviceId(): Promise<string> {
  const store = await open();
  let id = "";
  await store.change<string>("device", ID, (old) => (id = old ?? crypto.randomUUID()));
  return id;
}

/** For when the server knows the old one as somebody else's. */
export async function newDeviceId(): Promise<void> {
  const store = await open();
  await store.change<string>("device", ID, () => crypto.randomUUID());
}

export async function pushRecord(): Promise<PushRecord | undefined> {
  const store = await open();
  return store.get<PushRecord>("device", RECORD);
}

export async function keepPushRecord(record: PushRecord | undefined): Promise<void> {
  const store = await open();
  await store.change<PushRecord>("device", RECORD, () => record);
}

/** Whether reminders reach this device: the browser is subscribed, and the server has that address. */
export async function isOnHere(): Promise<boolean> {
  const record = await pushRecord();
  if (!record?.sent) return false;
  const subscription = await currentSubscription();
  return subscription?.endpoint === record.sent;
}

/** Answers without waiting for a worker that may never come, as `serviceWorker.ready` would. */
export async function currentSubscription(): Promise<PushSubscription | null> {
  if (!("serviceWorker" in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager?.getSubscription()) ?? null;
}
