/** Today's walk as the brand line: it begins where the ground rises, each stone is minutes to come. */

/** The ground is walked already: somebody stands on it. */
const GROUND = 0.16;
const FEW = 15;
const FIVE = 5;
const SECONDS = 60;

export interface RingLine {
  now: number;
  marks: number[];
}

/** Shares of the line. Up to 15 minutes have a stone each, more of them one every five minutes. */
export function ringLine(walkedSeconds: number, minutes: number): RingLine {
  const now = shareOf(walkedSeconds / SECONDS, minutes);
  const step = minutes <= FEW ? 1 : FIVE;
  const walked = walkedSeconds / SECONDS;
  const all = Array.from({ length: Math.floor(minutes / step) }, (_, i) => (i + 1) * step);
  // One that would touch the place of now is left out.
  const ahead = all.filter((minute) => minute - walked >= Math.max(minutes / 30, step / 2));
  return { now, marks: ahead.map((minute) => shareOf(minute, minutes)) };
}

function shareOf(walked: number, minutes: number): number {
  const share = minutes > 0 ? Math.min(walked / minutes, 1) : 0;
  return GROUND + (1 - GROUND) * share;
}
