/** The first dose, as the server reckons it: a share of what is comfortable. Pure. */
const START_PERCENT = 80;
const START_LEAST = 5;
const START_MOST = 10;
const START_MOST_WALKER = 20;
const LEAST = 2;

/** Minutes a session. Never more than what is comfortable. */
export function startMinutes(tolerance: number, walksAlready: boolean): number {
  const most = walksAlready ? START_MOST_WALKER : START_MOST;
  const share = Math.floor((tolerance * START_PERCENT) / 100);
  return Math.max(LEAST, Math.min(START_LEAST, tolerance), Math.min(most, share));
}

/** What is comfortable: the mean of one to three test walks, rounded down. */
export function toleranceOf(minutes: readonly number[]): number {
  return Math.floor(minutes.reduce((sum, one) => sum + one, 0) / minutes.length);
}
