import { isAppRoute } from "../shared/routes";
import { safeTarget } from "../shared/target";
import type { NotificationData } from "./notification";

declare const self: ServiceWorkerGlobalScope;

export function onNotificationClick(event: NotificationEvent): void {
  event.notification.close();
  const data = event.notification.data as Partial<NotificationData> | null;
  event.waitUntil(openAt(safeTarget(data?.url ?? "/", self.location.origin)));
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
