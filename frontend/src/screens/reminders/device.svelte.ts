import { session } from "../../frame/session.svelte";
import { currentState, type DeviceState } from "../../push/support";
import {
  deviceId,
  disable,
  enable,
  hasStopped,
  mend,
  type EnableResult,
} from "../../push/subscription";
import { TestPush } from "./testpush.svelte";

/**
 * `stopped`: reminders were on here and no longer arrive. `refused`, `offline` and `failed` are
 * what trying to turn it on came to.
 */
export type Panel = DeviceState | "looking" | "stopped" | "refused" | "offline" | "failed";

/** Whether this device gets reminders, in one word, and the ways to change it. */
export class ThisDevice {
  panel = $state<Panel>("looking");
  busy = $state(false);
  readonly test = new TestPush();

  async look(): Promise<void> {
    const stopped = await hasStopped();
    const state = await currentState();
    // What the person blocked, only they can allow again: the panel says where.
    this.panel = stopped && state !== "blocked" ? "stopped" : state;
  }

  /** Must be called from a tap: the browser asks its own question now. */
  allow(): Promise<void> {
    return this.#turnOn(enable());
  }

  /** From a tap, too. The one button for a device that has stopped; answers whether it helped. */
  async mend(): Promise<boolean> {
    await this.#turnOn(mend());
    return this.panel === "allowed_on";
  }

  async turnOff(): Promise<void> {
    await disable();
    this.test.word = "idle";
    await this.look();
  }

  async sendTest(): Promise<void> {
    await this.test.send(await deviceId());
    // The push service may just have said that it no longer knows this device.
    if (this.test.word === "gone") await this.look();
  }

  async #turnOn(trying: Promise<EnableResult>): Promise<void> {
    this.busy = true;
    const answer = await trying;
    this.busy = false;
    await session.reopen();
    if (answer === "on" || answer === "blocked" || answer === "dismissed") await this.look();
    else this.panel = answer;
  }
}

export const thisDevice = new ThisDevice();
