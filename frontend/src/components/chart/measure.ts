/** How wide words are in the page's own text, which no formula knows. */

const LETTER = 0.6;

/** Bold, so that thinner words have room as well. */
export function measureIn(element: Element, em: number): (text: string) => number {
  const { fontFamily } = getComputedStyle(element);
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => [...text].length * LETTER * em;
  context.font = `700 ${em}px ${fontFamily}`;
  return (text) => context.measureText(text).width;
}
