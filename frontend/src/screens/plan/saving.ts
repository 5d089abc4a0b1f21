/** Plans are kept on this phone first; their reminder lives on the server. */
import { pendingWrites, replay, saveWrite, takeBackWrite } from "../../offline/outbox";
import type { PlanBody } from "../move/local";
import { reminders } from "../reminders/store.svelte";
import { draftOf, followsPlan, walkReminder } from "./reminder";

/** Answers false where the server would not take it. */
export async function startPlan(body: PlanBody): Promise<boolean> {
  const id = crypto.randomUUID();
  const key = `plan:${id}`;
  const path = `/walking/plans/${id}`;
  await saveWrite({ key, method: "PUT", path, body, about: "plan" });
  return taken(key);
}

export async function changeDays(plan: string, days: readonly number[]): Promise<boolean> {
  const key = `plan_days:${plan}`;
  const path = `/walking/plans/${plan}/days`;
  const body = { days: [...days], at: new Date().toISOString() };
  await saveWrite({ key, method: "PUT", path, body, about: "plan" });
  return taken(key);
}

async function taken(key: string): Promise<boolean> {
  await replay().catch(() => undefined);
  const left = (await pendingWrites("plan")).find((one) => one.key === key);
  if (left?.state !== "refused") return true;
  await takeBackWrite(key);
  return false;
}

/** Makes or changes the one walk reminder. Rejects without a network. */
export async function remindOn(days: readonly number[], time: string): Promise<void> {
  const known = walkReminder(reminders.known.value ?? []);
  await reminders.save(known?.id ?? crypto.randomUUID(), draftOf(days, time));
}

/** Where the reminder was on the plan's days, it goes on to the new ones. Answers whether it did. */
export async function moveReminder(
  before: readonly number[],
  days: readonly number[],
): Promise<boolean> {
  const known = walkReminder(reminders.known.value ?? []);
  if (!known || !followsPlan(known, before)) return false;
  const { schedule, kind, enabled } = known;
  await reminders.save(known.id, { kind, enabled, schedule: { ...schedule, days: [...days] } });
  return true;
}
