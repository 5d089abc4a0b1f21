/**
 * Resolves when the screen has been drawn once, so that what can wait does not hold it up. A page
 * in the background is never drawn: there it resolves at once.
 */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
