/** Standing on one leg, by the clock that nobody can move. Pure. */

export const ENOUGH_S = 10;
/** Time to put the phone down and find the counter. */
export const READY_MS = 3_000;

export type Standing =
  | { phase: "ready"; seconds: number }
  | { phase: "standing"; seconds: number }
  | { phase: "enough"; seconds: number };

/** `since`: how long ago it was tapped, in milliseconds. */
export function standing(since: number): Standing {
  if (since < READY_MS) return { phase: "ready", seconds: Math.ceil((READY_MS - since) / 1000) };
  const seconds = Math.floor((since - READY_MS) / 1000);
  return seconds >= ENOUGH_S
    ? { phase: "enough", seconds: ENOUGH_S }
    : { phase: "standing", seconds };
}
