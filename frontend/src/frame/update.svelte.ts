import { applyUpdate, registerWorker } from "../push/register";

/** A new version waits until the person says so: nothing reloads under their fingers. */
class Update {
  ready = $state(false);

  async listen(): Promise<void> {
    await registerWorker({ onUpdateReady: () => (this.ready = true) });
  }

  apply(): void {
    this.ready = false;
    void applyUpdate();
  }
}

export const update = new Update();
