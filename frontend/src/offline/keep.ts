import { open } from "./db";

const ASKED = "asked_to_keep";

/**
 * Asks the browser not to clear our storage when the disk gets full. Asked once, after the
 * first saved entry, since some browsers ask the person in turn.
 */
export async function keepForGood(): Promise<void> {
  try {
    const store = await open();
    if (!store.kept || (await store.get<boolean>("device", ASKED))) return;
    await store.change("device", ASKED, () => true);
    await navigator.storage.persist();
  } catch {
    // An older browser, or a refusal: the entry is saved all the same.
  }
}
