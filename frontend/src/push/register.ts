/** The worker's registration, and the change to a new version when the person says so. */
const WORKER = "/sw.js";
const LOOK_AGAIN_MS = 60 * 60 * 1000;

export interface RegisterOptions {
  /** A new version is here and waits for `applyUpdate`. */
  onUpdateReady: () => void;
}

/** Not in TypeScript's DOM library yet: as much of it as is used here. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

let registration: ServiceWorkerRegistration | undefined;
/** This window takes the new version now, and needs no telling. */
let applying = false;

/** Answers undefined where there can be no worker: on plain http, or in some private windows. */
export async function registerWorker(
  options: RegisterOptions,
): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  watchOtherWindows(options);
  try {
    registration = await navigator.serviceWorker.register(workerUrl(), { updateViaCache: "none" });
  } catch {
    return undefined;
  }
  watchForUpdate(registration, options);
  lookForUpdates(registration);
  return registration;
}

/** The waiting version takes over, and this page is loaded again in it. */
export function applyUpdate(): void {
  if (applying) return;
  applying = true;
  const waiting = registration?.waiting;
  if (!waiting) return location.reload();
  const reload = () => location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  waiting.postMessage({ type: "SKIP_WAITING" });
}

/** Under Trusted Types only a policy may name a script, and ours knows exactly one. */
function workerUrl(): string {
  const { trustedTypes } = window as Window & { trustedTypes?: TrustedTypes };
  return trustedTypes ? policyOf(trustedTypes).createScriptURL(WORKER) : WORKER;
}

function policyOf(trustedTypes: TrustedTypes) {
  return trustedTypes.createPolicy("backstep", {
    createScriptURL(url) {
      if (url === WORKER) return url;
      throw new TypeError(`Not our worker: ${url}`);
    },
  });
}

function watchForUpdate(found: ServiceWorkerRegistration, { onUpdateReady }: RegisterOptions) {
  // The very first worker has nothing to replace and simply starts.
  const tellIfWaiting = () => {
    if (found.waiting && navigator.serviceWorker.controller) onUpdateReady();
  };
  tellIfWaiting();
  found.addEventListener("updatefound", () => {
    found.installing?.addEventListener("statechange", tellIfWaiting);
  });
}

/** Another window took the new version: this one still runs the old, until the person reloads. */
function watchOtherWindows({ onUpdateReady }: RegisterOptions): void {
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled && !applying) onUpdateReady();
    controlled = true;
  });
}

/** An installed app may stay open for weeks, and the browser itself looks only when it starts. */
function lookForUpdates(found: ServiceWorkerRegistration): void {
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    // Offline is no news here.
    found.update().catch(() => undefined);
  });
}
