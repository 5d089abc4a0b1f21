import { api } from "../../api/client";
import type { Delivery } from "../../api/types";
import { Known } from "../../frame/known.svelte";

/** The last seven days, newest first, as the server tells them. */
export const history = new Known<Delivery[]>("history", async () => {
  const { results } = await api.get<{ results: Delivery[] }>("/reminders/history");
  return results;
});
