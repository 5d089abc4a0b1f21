import { createSubscriber } from "svelte/reactivity";

const TICK_MS = 20_000;

/** The time of day, for words like "in 2 h 10 min". Ticks only while a screen reads it. */
const subscribe = createSubscriber((tick) => {
  const timer = setInterval(tick, TICK_MS);
  // A locked phone stops timers: catch up at once when the app is looked at again.
  document.addEventListener("visibilitychange", tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tick);
  };
});

export const clock = {
  get now(): Date {
    subscribe();
    return new Date();
  },
};
