/** Words in a picture: each as near to its place as it fits, and none over another. */

export interface Wish {
  /** The fullest wording first. */
  texts: string[];
  /** Where its middle should be. */
  at: number;
}

export interface Placed {
  text: string;
  x: number;
}

/** How wide the picture is, and each text in it; how much air there is between two. */
export interface Room {
  width: number;
  air: number;
  widthOf: (text: string) => number;
}

/**
 * As many as there is room for, what matters most first; then each as full as it can be said
 * without pushing another one out.
 */
export function placeLabels(wishes: readonly Wish[], room: Room): Placed[] {
  const granted: { wish: Wish; label: Placed }[] = [];
  for (const wish of wishes) {
    const shortFirst = [...wish.texts].reverse();
    const label = firstThatFits(shortFirst, wish.at, labelsOf(granted), room);
    if (label) granted.push({ wish, label });
  }
  for (const one of granted) {
    const others = labelsOf(granted.filter((other) => other !== one));
    one.label = firstThatFits(one.wish.texts, one.wish.at, others, room) ?? one.label;
  }
  return labelsOf(granted);
}

function labelsOf(granted: { label: Placed }[]): Placed[] {
  return granted.map(({ label }) => label);
}

function firstThatFits(
  texts: string[],
  at: number,
  others: Placed[],
  room: Room,
): Placed | undefined {
  return texts
    .map((text) => ({ text, x: within(at, room.widthOf(text), room.width) }))
    .find((label) => fits(label, others, room));
}

/** Moved in from the edge as far as it must be. */
function within(at: number, size: number, width: number): number {
  return Math.min(Math.max(at, size / 2), width - size / 2);
}

function fits({ text, x }: Placed, others: Placed[], { width, air, widthOf }: Room): boolean {
  const size = widthOf(text);
  if (size > width) return false;
  return others.every((other) => {
    return Math.abs(other.x - x) >= (size + widthOf(other.text)) / 2 + air;
  });
}
