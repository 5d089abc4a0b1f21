/** The service worker: this file says what happens when, the others do it. */
import { onSync } from "./answer";
import { onNotificationClick, onNotificationClose } from "./click";
import { isAppNavigation, precache, shell } from "./precache";
import { onPush } from "./push";
import { onSubscriptionChange } from "./resubscribe";

declare const self: ServiceWorkerGlobalScope;

// First, so that no trouble further down costs a reminder.
self.addEventListener("push", onPush);
self.addEventListener("notificationclick", onNotificationClick);
self.addEventListener("notificationclose", onNotificationClose);
self.addEventListener("sync", onSync);
self.addEventListener("pushsubscriptionchange", onSubscriptionChange);

precache();
self.addEventListener("fetch", (event) => {
  if (isAppNavigation(event.request)) event.respondWith(shell(event.request));
});

// A first worker starts at once, a later one waits until the person agrees to the update.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const wish = event.data as { type?: unknown } | null;
  if (wish?.type === "SKIP_WAITING") event.waitUntil(self.skipWaiting());
});
