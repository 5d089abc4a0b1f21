import { describe, expect, it } from "vitest";
import { placeLabels, type Room, type Wish } from "./labels";

/** Ten pixels a letter. */
const room = (width: number): Room => ({
  width,
  air: 8,
  widthOf: (text) => text.length * 10,
});
const texts = (wishes: Wish[], width: number) =>
  placeLabels(wishes, room(width)).map(({ text }) => text);

describe("words in a picture", () => {
  it("stand in the middle of what they name", () => {
    expect(placeLabels([{ texts: ["Episode"], at: 150 }], room(300))).toEqual([
      { text: "Episode", x: 150 },
    ]);
  });

  it("move in from both edges until all of them can be read", () => {
    expect(placeLabels([{ texts: ["Today"], at: 299 }], room(300))).toMatchObject([{ x: 275 }]);
    expect(placeLabels([{ texts: ["Today"], at: 1 }], room(300))).toMatchObject([{ x: 25 }]);
  });

  it("never lie over each other: what comes first stays, what comes later gives way", () => {
    const wishes = [
      { texts: ["Today"], at: 290 },
      { texts: ["17 Nov"], at: 280 },
      { texts: ["10 Nov"], at: 180 },
    ];
    expect(texts(wishes, 300)).toEqual(["Today", "10 Nov"]);
  });

  it("are as full as they can be", () => {
    const wish = { texts: ["Episode since 3 Nov", "Episode"], at: 250 };
    expect(texts([wish], 300)).toEqual(["Episode since 3 Nov"]);
  });

  it("are said shortly rather than push another one out", () => {
    const wishes = [
      { texts: ["Episode since 3 Nov", "Episode"], at: 250 },
      { texts: ["Episode, 1 Oct to 9 Oct", "Episode"], at: 90 },
    ];
    expect(texts(wishes, 300)).toEqual(["Episode", "Episode"]);
    expect(texts(wishes, 400)).toEqual(["Episode since 3 Nov", "Episode"]);
  });

  it("that are wider than the picture are left to the table", () => {
    expect(texts([{ texts: ["Episode since 3 Nov"], at: 50 }], 100)).toEqual([]);
  });

  it("exactly as far apart as they must be are far enough", () => {
    const pair = (apart: number) => [
      { texts: ["Mon"], at: 50 },
      { texts: ["Tue"], at: 50 + apart },
    ];
    expect(texts(pair(38), 300)).toEqual(["Mon", "Tue"]);
    expect(texts(pair(37), 300)).toEqual(["Mon"]);
  });
});
