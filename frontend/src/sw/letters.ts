/** Answers in the outbox on this phone, which the page sends from too. */
import { open } from "../offline/db";
import { firstStands, OUTBOX_CHANNEL, type AnswerLetter, type News } from "../shared/letter";

/** Answers whether it is safe: a full or blocked disk keeps nothing. */
export async function keep(letter: AnswerLetter): Promise<boolean> {
  try {
    const store = await open();
    await store.change<AnswerLetter>("outbox", letter.id, (old) => firstStands(old, letter));
    return store.kept;
  } catch {
    return false;
  }
}

export async function waiting(): Promise<AnswerLetter[]> {
  const store = await open();
  const all = await store.all<AnswerLetter>("outbox");
  const answers = all.filter(({ wish, refused }) => wish === "answer" && !refused);
  return answers.sort((a, b) => a.stamp - b.stamp);
}

export function markDelivered(letter: AnswerLetter): Promise<void> {
  return change(letter, () => undefined);
}

export function markRefused(letter: AnswerLetter): Promise<void> {
  return change(letter, (old) => ({ ...old, refused: true }));
}

/** Today and the history change with an answer: an open one looks again. */
export function tellWindows(): void {
  if (!("BroadcastChannel" in globalThis)) return;
  const channel = new BroadcastChannel(OUTBOX_CHANNEL);
  channel.postMessage("answer" satisfies News);
  channel.close();
}

async function change(
  { id, stamp }: AnswerLetter,
  decide: (old: AnswerLetter) => AnswerLetter | undefined,
): Promise<void> {
  const unlessReplaced = (old: AnswerLetter | undefined) =>
    old?.stamp === stamp ? decide(old) : old;
  try {
    const store = await open();
    await store.change<AnswerLetter>("outbox", id, unlessReplaced);
  } catch {
    // It is sent once more then, which changes nothing.
  }
}
