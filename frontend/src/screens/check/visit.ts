/**
 * What is remembered for this visit alone, across a reload or a phone call: before consent nothing
 * may last longer. Where the browser blocks even that, it lasts as long as the page.
 */
const PREFIX = "backstep.check.";
const page = new Map<string, string>();

export function remembered<T>(key: string): T | null {
  const text = read(key);
  return text === null ? null : (JSON.parse(text) as T);
}

export function rememberForNow(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  page.set(key, text);
  try {
    sessionStorage.setItem(PREFIX + key, text);
  } catch {
    // Blocked or full: the page's own memory has it.
  }
}

export function forget(key: string): void {
  page.delete(key);
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // It was never there.
  }
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + key) ?? page.get(key) ?? null;
  } catch {
    return page.get(key) ?? null;
  }
}
