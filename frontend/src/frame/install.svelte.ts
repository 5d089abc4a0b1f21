/**
 * Imported first by main.ts: Chromium may announce that the app can be installed before
 * anything else has run, and it announces it once.
 */

/** Not in TypeScript's DOM library: only Chromium has it. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: "accepted" | "dismissed" }>;
}

const FINISHED_KEY = "backstep.finished";

class Install {
  #prompt = $state.raw<InstallPromptEvent | null>(null);
  /** Something has been finished here: a score saved, a reminder set. Nothing is offered before. */
  #finished = $state(readFlag());

  get offered(): boolean {
    return this.#prompt !== null && this.#finished;
  }

  listen(): void {
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.#prompt = event as InstallPromptEvent;
    });
    addEventListener("appinstalled", () => (this.#prompt = null));
  }

  somethingFinished(): void {
    this.#finished = true;
    writeFlag();
  }

  /** Must be called from a tap. The browser's question can be asked once per event. */
  async ask(): Promise<void> {
    const prompt = this.#prompt;
    this.#prompt = null;
    await prompt?.prompt();
  }
}

function readFlag(): boolean {
  try {
    return localStorage.getItem(FINISHED_KEY) !== null;
  } catch {
    return false;
  }
}

function writeFlag(): void {
  try {
    localStorage.setItem(FINISHED_KEY, "1");
  } catch {
    // Storage is blocked: the offer is made again in this visit only.
  }
}

export const install = new Install();
install.listen();
