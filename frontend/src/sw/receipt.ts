import type { PushData } from "../shared/payload";
import { ask } from "./server";

/** Never worth keeping the worker awake for. */
const TIMEOUT_MS = 5_000;

export type Receipt = "shown" | "opened" | "dismissed";

/**
 * Tells the server what became of a push, so that a phone not heard from can be named. A help, not
 * a promise: a receipt that does not get through is not sent again.
 */
export async function sendReceipt({ token }: Partial<PushData>, event: Receipt): Promise<void> {
  if (!token) return;
  await ask("/reminders/receipts", {
    method: "POST",
    body: { token, event },
    timeout: TIMEOUT_MS,
  });
}
