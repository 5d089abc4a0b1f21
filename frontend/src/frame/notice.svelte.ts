const SHOWN_MS = 12_000;

export interface Notice {
  text: string;
  undo?: () => void | Promise<void>;
}

/** One line at the bottom that says what has just happened, and offers to take it back. */
class Notices {
  current = $state.raw<Notice | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(notice: Notice): void {
    this.current = notice;
    this.resume();
  }

  /** While a finger, pointer or focus is on it, it stays. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), SHOWN_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }

  async undo(): Promise<void> {
    const action = this.current?.undo;
    this.close();
    await action?.();
  }
}

export const notices = new Notices();
