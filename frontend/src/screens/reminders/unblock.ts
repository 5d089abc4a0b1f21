import { m } from "../../paraglide/messages.js";

/** How to lift a block depends on whose settings hold it; the browser's name is enough to say. */
export function unblockSteps(userAgent: string = navigator.userAgent): string {
  if (/iPhone|iPad/.test(userAgent)) return m.unblock_ios();
  if (/Android/.test(userAgent)) return m.unblock_android();
  if (/Firefox\//.test(userAgent)) return m.unblock_firefox();
  const safari = /Safari\//.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent);
  return safari ? m.unblock_safari() : m.unblock_chromium();
}
