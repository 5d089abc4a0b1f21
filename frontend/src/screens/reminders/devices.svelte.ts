import { api } from "../../api/client";
import type { Device } from "../../api/types";
import { Known } from "../../frame/known.svelte";

/** Every device of this person's, as the server knows them. */
class Devices {
  readonly known = new Known<Device[]>("devices", fetchAll);

  load(): Promise<void> {
    return this.known.load();
  }

  find(id: string): Device | undefined {
    return this.known.value?.find((device) => device.id === id);
  }

  async remove({ id }: Device): Promise<void> {
    await api.delete(`/push/subscriptions/${id}`);
    await this.known.set((this.known.value ?? []).filter((device) => device.id !== id));
  }
}

async function fetchAll(): Promise<Device[]> {
  const { results } = await api.get<{ results: Device[] }>("/push/subscriptions");
  return results;
}

export const devices = new Devices();

/** Messages do not reach it, or nobody can say whether they do. */
export function needsALook({ state, silent }: Device): boolean {
  return state !== "active" || silent;
}
