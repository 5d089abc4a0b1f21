/**
 * The server's last words, kept so that a screen can be drawn before, or without, an answer.
 * A help, not a promise: a full or broken disk must not turn a good answer into an error.
 */
import { open } from "./db";

export async function remember(key: string, value: unknown): Promise<void> {
  try {
    const store = await open();
    await store.change("cache", key, () => value);
  } catch {
    // It will be fetched again.
  }
}

export async function recall<T>(key: string): Promise<T | undefined> {
  try {
    const store = await open();
    return await store.get<T>("cache", key);
  } catch {
    return undefined;
  }
}

export async function forgetAll(): Promise<void> {
  const store = await open();
  await store.clear("cache");
}
