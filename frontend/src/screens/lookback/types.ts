import type { components } from "../../api/schema";
import type { WalkedDay } from "../move/types";

export type LookBack = components["schemas"]["LookBack"];
export type Span = LookBack["span"];
export const SPANS: readonly Span[] = ["week", "month"];

/** A day with or without a walk. */
export type LookDay = WalkedDay;

export function asSpan(value: string | null): Span {
  return SPANS.find((one) => one === value) ?? "week";
}
