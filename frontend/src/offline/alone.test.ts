import { afterEach, expect, test, vi } from "vitest";
import { onlyOneAtATime } from "./alone";

afterEach(() => vi.unstubAllGlobals());

function counted() {
  const seen = { now: 0, most: 0, runs: 0 };
  const task = async () => {
    seen.runs += 1;
    seen.most = Math.max(seen.most, ++seen.now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.now -= 1;
  };
  return { seen, task };
}

test("calls before it starts share one run; one call during it makes one more", async () => {
  const { seen, task } = counted();
  const run = onlyOneAtATime("test", task);
  const first = [run(), run()];
  await Promise.resolve();
  await Promise.all([...first, run(), run()]);
  expect(seen).toEqual({ now: 0, most: 1, runs: 2 });
});

test("a failed run does not stop the next one", async () => {
  const task = vi.fn().mockRejectedValueOnce(new Error("first")).mockResolvedValueOnce("second");
  const run = onlyOneAtATime("test", task);
  await expect(run()).rejects.toThrow("first");
  expect(await run()).toBe("second");
});

test("two windows take turns", async () => {
  let queue: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => (queue = queue.then(work));
  vi.stubGlobal("navigator", { locks: { request } });
  const { seen, task } = counted();
  const [here, there] = [onlyOneAtATime("test", task), onlyOneAtATime("test", task)];
  await Promise.all([here(), there()]);
  expect(seen).toMatchObject({ most: 1, runs: 2 });
});
