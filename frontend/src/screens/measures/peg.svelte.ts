import { PEG_ITEMS, type PegAnswers, type PegItem } from "./scales";

export interface PegDraft {
  id: string;
  answers: Partial<PegAnswers>;
}

/** Three answers; nothing of them is lost when saving fails. */
export class PegForm {
  id: string = crypto.randomUUID();
  answers = $state.raw<Partial<PegAnswers>>({});
  missing = $state.raw<readonly PegItem[]>([]);

  get draft(): PegDraft {
    return { id: this.id, answers: this.answers };
  }

  get touched(): boolean {
    return Object.keys(this.answers).length > 0;
  }

  takeUp({ id, answers }: PegDraft): void {
    this.id = id;
    this.answers = answers;
  }

  answer(item: PegItem, score: number): void {
    this.answers = { ...this.answers, [item]: score };
    this.missing = this.missing.filter((one) => one !== item);
  }

  check(): boolean {
    this.missing = PEG_ITEMS.filter((item) => this.answers[item] === undefined);
    return this.missing.length === 0;
  }
}
