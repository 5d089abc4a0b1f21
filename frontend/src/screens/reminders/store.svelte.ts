import { api } from "../../api/client";
import type { Reminder, ReminderDraft } from "../../api/types";
import { Known } from "../../frame/known.svelte";

/** The person's reminders. Today, the list and the form read and change the same ones. */
class Reminders {
  readonly known = new Known<Reminder[]>("reminders", fetchAll);

  load(): Promise<void> {
    return this.known.load();
  }

  find(id: string): Reminder | undefined {
    return this.known.value?.find((reminder) => reminder.id === id);
  }

  /** Creates or changes one; the same id sent twice changes nothing. */
  async save(id: string, draft: ReminderDraft): Promise<Reminder> {
    const saved = await api.put<Reminder>(`/reminders/${id}`, draft);
    await this.#replace(saved);
    return saved;
  }

  /** The switch moves at once; when the server says no, it moves back. */
  async turn(reminder: Reminder, enabled: boolean): Promise<void> {
    this.#showNow({ ...reminder, enabled });
    try {
      await this.save(reminder.id, { ...draftOf(reminder), enabled });
    } catch (error) {
      this.#showNow(reminder);
      throw error;
    }
  }

  /** Saving it again is what wakes a resting reminder. */
  async wake(reminder: Reminder): Promise<void> {
    await this.save(reminder.id, draftOf(reminder));
  }

  async remove(id: string): Promise<void> {
    await api.delete(`/reminders/${id}`);
    await this.known.set((this.known.value ?? []).filter((reminder) => reminder.id !== id));
  }

  #showNow(reminder: Reminder): void {
    this.known.value = this.known.value?.map((one) => (one.id === reminder.id ? reminder : one));
  }

  async #replace(saved: Reminder): Promise<void> {
    const others = (this.known.value ?? []).filter(({ id }) => id !== saved.id);
    await this.known.set([...others, saved]);
  }
}

/** What of a reminder is the person's to say. */
export function draftOf({ kind, schedule, enabled }: Reminder): ReminderDraft {
  return { kind, schedule, enabled };
}

async function fetchAll(): Promise<Reminder[]> {
  const { results } = await api.get<{ results: Reminder[] }>("/reminders");
  return results;
}

export const reminders = new Reminders();
