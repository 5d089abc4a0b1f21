import { api, ApiError, OfflineError } from "../../api/client";
import type { Delivery } from "../../api/types";
import { session } from "../../frame/session.svelte";
import { currentState, type DeviceState } from "../../push/support";
import { deviceId, disable, enable } from "../../push/subscription";

const POLL_MS = 1000;
const POLLS = 25;

/** `refused`, `offline` and `failed` are what trying to turn it on came to. */
export type Panel = DeviceState | "looking" | "refused" | "offline" | "failed";
/** Where a test is, or the reason it did not get out. */
export type Test =
  | "idle"
  | "sending"
  | "sent"
  | "slow"
  | "skipped"
  | "gone"
  | "refused"
  | "unreachable"
  | "offline"
  | "limited"
  | "failed";

/** Whether this device gets reminders, in one word, and the way to a test message. */
export class ThisDevice {
  panel = $state<Panel>("looking");
  test = $state<Test>("idle");
  busy = $state(false);

  async look(): Promise<void> {
    this.panel = await currentState();
  }

  /** Must be called from a tap: the browser asks its own question now. */
  async allow(): Promise<void> {
    this.busy = true;
    const answer = await enable();
    this.busy = false;
    await session.reopen();
    if (answer === "on" || answer === "blocked" || answer === "dismissed") await this.look();
    else this.panel = answer;
  }

  async turnOff(): Promise<void> {
    await disable();
    this.test = "idle";
    await this.look();
  }

  async sendTest(): Promise<void> {
    this.test = "sending";
    try {
      const { id } = await api.post<Delivery>("/push/test", { device: await deviceId() });
      this.test = await outcome(id);
    } catch (error) {
      this.test = refusal(error);
    }
  }
}

/** Asks until the worker has sent it, or says why not. */
async function outcome(delivery: string): Promise<Test> {
  for (let poll = 0; poll < POLLS; poll++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const answer = await api.get<Delivery>(`/reminders/deliveries/${delivery}`);
    if (answer.state !== "pending") return verdict(answer);
  }
  return "slow";
}

function verdict({ state, reason }: Delivery): Test {
  if (state === "sent") return "sent";
  if (reason === "gone" || reason === "no_device") return "gone";
  if (reason === "refused" || reason === "unreachable") return reason;
  return state === "skipped" ? "skipped" : "failed";
}

function refusal(error: unknown): Test {
  if (error instanceof OfflineError) return "offline";
  if (!(error instanceof ApiError)) return "failed";
  if (error.code === "no_device") return "gone";
  return error.code === "rate_limited" ? "limited" : "failed";
}
