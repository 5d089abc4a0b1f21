import { expect, it } from "vitest";
import { standing } from "./stand";

it.each([
  [0, "ready", 3],
  [2_999, "ready", 1],
  [3_000, "standing", 0],
  [12_999, "standing", 9],
  [13_000, "enough", 10],
  [60_000, "enough", 10],
] as const)("after %i ms it is %s, %i", (since, phase, seconds) => {
  expect(standing(since)).toEqual({ phase, seconds });
});
