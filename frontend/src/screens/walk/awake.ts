/** Keeps the screen on while somebody walks, where the phone can. It lets go when it is hidden. */
class Awake {
  #lock: WakeLockSentinel | null = null;
  #asking = false;

  /** Any number of times: also after the phone has taken it away. */
  async keep(): Promise<void> {
    const held = this.#lock && !this.#lock.released;
    if (held || this.#asking || document.hidden || !("wakeLock" in navigator)) return;
    this.#asking = true;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
    } catch {
      // A low battery, or a browser that does not: the minutes are right all the same.
    } finally {
      this.#asking = false;
    }
  }

  async release(): Promise<void> {
    const lock = this.#lock;
    this.#lock = null;
    await lock?.release().catch(() => undefined);
  }
}

export const awake = new Awake();
