/**
 * Makes a task that never runs twice at once, in this window or in another one. A call while
 * it runs starts it once more afterwards, for what has been added since; further calls share
 * that one.
 */
export function onlyOneAtATime<T>(name: string, task: () => Promise<T>): () => Promise<T> {
  let next: Promise<T> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function begin(): Promise<T> {
    next = undefined;
    return acrossWindows(name, task);
  }

  return () => {
    next ??= last.then(begin, begin);
    last = next;
    return next;
  };
}

/** Web Locks are in every current browser; an older one can at worst send the same PUT twice. */
async function acrossWindows<T>(name: string, task: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return task();
  return navigator.locks.request(name, task);
}
