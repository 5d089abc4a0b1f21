import { expect, it } from "vitest";
import { startMinutes, toleranceOf } from "./dose";

it.each([
  [14, false, 10], // 11, and 10 at most
  [10, false, 8],
  [6, false, 5],
  [4, false, 4], // never more than is comfortable
  [1, false, 2],
  [30, true, 20],
  [14, true, 11],
])(
  "who can walk %i minutes in comfort (walks already: %o) starts at %i",
  (minutes, already, start) => {
    expect(startMinutes(minutes, already)).toBe(start);
  },
);

it("takes the mean of the test walks, rounded down", () => {
  expect(toleranceOf([8])).toBe(8);
  expect(toleranceOf([8, 9])).toBe(8);
  expect(toleranceOf([10, 8, 9])).toBe(9);
});
