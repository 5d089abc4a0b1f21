import {
  cleanupOutdatedCaches,
  matchPrecache,
  precacheAndRoute,
  type PrecacheEntry,
} from "workbox-precaching";
import { isAppRoute } from "../shared/routes";

declare const self: ServiceWorkerGlobalScope & {
  /** Put in by the build: every file of the app with its hash. */
  __WB_MANIFEST: (PrecacheEntry | string)[];
};

const SHELL = "/index.html";

/** Keeps the app on this phone. Screens are `shell`'s business, so only exact files match here. */
export function precache(): void {
  cleanupOutdatedCaches();
  precacheAndRoute(self.__WB_MANIFEST, { directoryIndex: "", cleanURLs: false });
}

/** Opening a screen, rather than the API, the server's health or a file. */
export function isAppNavigation({ mode, url }: Pick<Request, "mode" | "url">): boolean {
  return mode === "navigate" && isAppRoute(new URL(url).pathname);
}

export async function shell(request: Request): Promise<Response> {
  return (await matchPrecache(SHELL)) ?? fetch(request);
}
