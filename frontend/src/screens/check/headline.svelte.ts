import { tick } from "svelte";

/** A reader who stands on the headline of a screen that still loads goes on from the real one. */
export function headlineFollows(ready: () => boolean): void {
  $effect.pre(() => {
    if (!ready() || !document.activeElement?.matches("main h1")) return;
    void tick().then(focusHeadline);
  });
}

export function focusHeadline(): void {
  document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}
