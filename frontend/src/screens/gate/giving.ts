/** Answers and clearances: kept on this phone first, which is enough to block or to go on. */
import { pendingWrites, replay, saveWrite, takeBackWrite } from "../../offline/outbox";
import type { AnswersBody, ClearanceBody } from "../move/localgate";

/** Answers once it is safe on this phone. */
export async function giveAnswers(body: AnswersBody): Promise<void> {
  const id = crypto.randomUUID();
  const path = `/walking/gate/answers/${id}`;
  await saveWrite({ key: `gate:${id}`, method: "PUT", path, body, about: "gate" });
  void replay().catch(() => undefined);
}

/** Answers the clearance's id, or null where the server would not take it. */
export async function giveClearance(body: ClearanceBody): Promise<string | null> {
  const id = crypto.randomUUID();
  const key = keyOf(id);
  await saveWrite({ key, method: "PUT", path: pathOf(id), body, about: "gate" });
  await replay().catch(() => undefined);
  const left = (await pendingWrites("gate")).find((one) => one.key === key);
  if (left?.state !== "refused") return id;
  await takeBackWrite(key);
  return null;
}

/** As if it had never been recorded: what it covered blocks again. */
export async function takeClearanceBack(id: string): Promise<void> {
  const key = keyOf(id);
  if (await takeBackWrite(key)) return;
  await saveWrite({ key, method: "DELETE", path: pathOf(id), about: "gate" });
  void replay().catch(() => undefined);
}

function keyOf(id: string): string {
  return `clearance_walk:${id}`;
}

function pathOf(id: string): string {
  return `/walking/clearances/${id}`;
}
