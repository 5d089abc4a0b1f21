import { expect, it } from "vitest";
import { nightsBefore } from "./nights";

const evening = new Date(2026, 10, 26, 12);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

function scores(of: Parameters<typeof nightsBefore>[1], endsAt = 0): (number | null)[] {
  return nightsBefore(evening, of, { endsAt }).map(({ score }) => score);
}

it("shows the last score of each of the three days before, the earliest first", () => {
  const of = [
    { score: 6, at: at(23, 21).toISOString() },
    { score: 4, at: at(24, 22) },
    { score: 7, at: at(24, 8) },
    { score: 5, at: at(25, 23, 59) },
  ];
  expect(scores(of)).toEqual([6, 4, 5]);
  expect(nightsBefore(evening, of).map(({ date }) => date.getDate())).toEqual([23, 24, 25]);
});

it("a day without a score is not made up, and today's belongs to tonight", () => {
  const of = [
    { score: 3, at: at(22, 23, 59) },
    { score: 8, at: at(26, 0, 0) },
  ];
  expect(scores(of)).toEqual([null, null, null]);
});

it("a score after midnight belongs to the evening before, for who wants so", () => {
  const of = [{ score: 8, at: at(26, 2, 59) }];
  expect(scores(of, 3)).toEqual([null, null, 8]);
  expect(scores(of, 2)).toEqual([null, null, null]);
});

it("goes back over the end of a month", () => {
  const [first] = nightsBefore(new Date(2026, 11, 2, 12), []);
  expect(first?.date.toDateString()).toBe(new Date(2026, 10, 29).toDateString());
});
