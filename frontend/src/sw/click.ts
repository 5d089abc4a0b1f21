import { isAppRoute } from "../shared/routes";
import { safeTarget } from "../shared/target";
import { giveAnswer } from "./answer";
import type { NotificationData } from "./notification";
import { sendReceipt } from "./receipt";

declare const self: ServiceWorkerGlobalScope;

/** Every action but this one is an answer, also those that a later server thinks of. */
const OPEN = "open";

/** Firefox says "closed" also of what we close ourselves after a tap. */
const tapped = new Set<string>();

export function onNotificationClick(event: NotificationEvent): void {
  const { notification, action } = event;
  const data = (notification.data ?? {}) as Partial<NotificationData>;
  tapped.add(notification.tag);
  notification.close();
  if (action && action !== OPEN && data.delivery) {
    event.waitUntil(answer(notification, data.delivery, action));
  } else {
    event.waitUntil(openApp(data));
  }
}

/** The person put it away. Not every browser says so. */
export function onNotificationClose(event: NotificationEvent): void {
  const { tag, data } = event.notification;
  if (tapped.delete(tag)) return;
  event.waitUntil(sendReceipt((data ?? {}) as Partial<NotificationData>, "dismissed"));
}

async function answer(notification: Notification, id: string, action: string): Promise<void> {
  const { token } = notification.data as Partial<NotificationData>;
  const given = { id, answer: action, at: new Date().toISOString(), ...(token && { token }) };
  const safe = await giveAnswer(given);
  // Neither sent nor kept: it comes back, rather than being lost without a word.
  if (!safe) await showAgain(notification);
}

async function showAgain(notification: Notification): Promise<void> {
  const { title, body, tag, lang, dir, icon, badge, data } = notification;
  const { actions } = notification as Notification & { actions?: unknown[] };
  const options = { body, tag, lang, dir, icon, badge, data, actions };
  tapped.delete(tag);
  await self.registration.showNotification(title, options);
}

/** The window first: the browser lets us open one only right after the tap. */
async function openApp(data: Partial<NotificationData>): Promise<void> {
  const opening = openAt(safeTarget(data.url ?? "/", self.location.origin));
  await Promise.allSettled([opening, sendReceipt(data, "opened")]);
}

/** An open window is brought to the front and told where to go; it keeps what was typed. */
export async function openAt(url: string): Promise<void> {
  const window = await frontWindow();
  if (!window) {
    await self.clients.openWindow(url);
    return;
  }
  window.postMessage({ type: "navigate", url });
}

async function frontWindow(): Promise<WindowClient | undefined> {
  // Also windows that were loaded before there was a worker.
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = all.filter((client) => isAppRoute(new URL(client.url).pathname));
  const best = ours.find((client) => client.focused) ?? ours[0];
  try {
    return await best?.focus();
  } catch {
    // It was closed in this very moment, or the system does not let us: a new one then.
    return undefined;
  }
}
