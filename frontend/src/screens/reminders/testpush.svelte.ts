import { api, ApiError, OfflineError } from "../../api/client";
import type { Delivery } from "../../api/types";
import { m } from "../../paraglide/messages.js";

const POLL_MS = 1000;
const POLLS = 25;

/** Where a test is, or the reason it did not get out. */
export type Word =
  | "idle"
  | "sending"
  | "sent"
  | "slow"
  | "skipped"
  | "gone"
  | "refused"
  | "unreachable"
  | "offline"
  | "limited"
  | "failed";

/** One test message to one device, from the tap to what became of it. */
export class TestPush {
  word = $state<Word>("idle");

  async send(device: string): Promise<void> {
    if (this.word === "sending") return;
    this.word = "sending";
    try {
      const { id } = await api.post<Delivery>("/push/test", { device });
      this.word = await outcome(id);
    } catch (error) {
      this.word = refusal(error);
    }
  }

  /** In words; `elsewhere` for a device that the person is not holding. */
  said(elsewhere = false): string {
    if (elsewhere && this.word === "sent") return m.test_sent_there();
    if (elsewhere && this.word === "gone") return m.test_gone_there();
    return words[this.word]();
  }
}

const words: Record<Word, () => string> = {
  idle: () => "",
  sending: m.test_sending,
  sent: m.test_sent,
  skipped: m.test_skipped,
  failed: m.test_failed,
  slow: m.test_slow,
  gone: m.test_gone,
  refused: m.test_refused,
  unreachable: m.test_unreachable,
  offline: m.test_offline,
  limited: m.test_limited,
};

/** Asks until the worker has sent it, or says why not. */
async function outcome(delivery: string): Promise<Word> {
  for (let poll = 0; poll < POLLS; poll++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const answer = await api.get<Delivery>(`/reminders/deliveries/${delivery}`);
    if (answer.state !== "pending") return verdict(answer);
  }
  return "slow";
}

function verdict({ state, reason }: Delivery): Word {
  if (state === "sent") return "sent";
  if (reason === "gone" || reason === "no_device") return "gone";
  if (reason === "refused" || reason === "unreachable") return reason;
  return state === "skipped" ? "skipped" : "failed";
}

function refusal(error: unknown): Word {
  if (error instanceof OfflineError) return "offline";
  if (!(error instanceof ApiError)) return "failed";
  if (error.code === "no_device") return "gone";
  return error.code === "rate_limited" ? "limited" : "failed";
}
