import type { PushAction, PushData, PushNotification } from "../shared/payload";

/** What the worker hands to itself, from the showing to the tap. */
export interface NotificationData extends PushData {
  url: string;
}

export interface Shown {
  title: string;
  /** `actions` are in the standard, not in TypeScript's library. */
  options: NotificationOptions & { data: NotificationData; actions: PushAction[] };
}

/**
 * The `tag` names one delivery, so the same one sent twice is on the screen once, without a
 * second sound.
 */
export function notificationOf(
  { title, body, navigate, tag, lang, data, actions }: PushNotification,
  mostActions: number,
): Shown {
  return {
    title,
    options: {
      body,
      tag,
      lang,
      dir: "auto",
      icon: "/icons/icon-192.png",
      badge: "/icons/badge-96.png",
      data: { ...data, url: navigate },
      actions: actions.slice(0, mostActions),
    },
  };
}
