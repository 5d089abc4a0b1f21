import { api } from "../../api/client";
import type { Chart, Helps } from "../../api/types";
import type { ChartData, ChartSpan } from "../../components/chart/data";
import { Known } from "../../frame/known.svelte";
import { session } from "../../frame/session.svelte";
import { onChange, pendingDeletions, pendingEntries } from "../../offline/outbox";

export const SPANS: readonly ChartSpan[] = ["week", "month", "half_year"];

export function asSpan(value: string | null): ChartSpan {
  return SPANS.find((span) => span === value) ?? "month";
}

export function chartOf(span: ChartSpan): Known<ChartData> {
  return new Known(`chart:${span}`, () => api.get<Chart>(`/pain/chart?span=${span}`));
}

/** Pain over time and what went together with it, as the server has counted it. */
export class Trends {
  readonly charts: Record<ChartSpan, Known<ChartData>> = {
    week: chartOf("week"),
    month: chartOf("month"),
    half_year: chartOf("half_year"),
  };
  readonly helps = new Known<Helps>("helps", () => api.get("/helps"));
  /** Somebody, or nobody, is known by now. */
  opened = $state(false);
  /** Entries, or deletions, that the server has not counted yet. */
  waiting = $state(0);

  async load(span: ChartSpan): Promise<void> {
    await Promise.all([this.#look(), session.open()]);
    if (session.person) await Promise.all([this.charts[span].load(), this.helps.load()]);
    this.opened = true;
  }

  async show(span: ChartSpan): Promise<void> {
    await session.open();
    if (session.person) await this.charts[span].load();
  }

  /** An entry that has reached the server belongs into the picture. */
  watch(span: () => ChartSpan): () => void {
    return onChange((news) => {
      if (news === "entry") void this.#follow(span());
    });
  }

  async #follow(span: ChartSpan): Promise<void> {
    const before = this.waiting;
    await this.#look();
    if (this.waiting < before) await this.load(span);
  }

  async #look(): Promise<void> {
    const [entries, deletions] = await Promise.all([pendingEntries(), pendingDeletions()]);
    this.waiting = entries.length + deletions.length;
  }
}
