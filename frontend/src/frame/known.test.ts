import { expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../api/client";
import { Known } from "./known.svelte";

const fails = (error: Error) => () => Promise.reject(error);

it("shows the server's answer, and another open knows it without a network", async () => {
  const first = new Known("answer", async () => ["walk"]);
  await first.load();
  expect(first.phase).toBe("fresh");

  const later = new Known("answer", fails(new OfflineError("no answer")));
  await later.load();
  expect(later.phase).toBe("offline");
  expect(later.value).toEqual(["walk"]);
  expect(later.at?.getTime()).toBe(first.at?.getTime());
});

it("shows what this phone remembers before the server is asked", async () => {
  await new Known("remembered", async () => ["walk"]).load();
  const ask = vi.fn();
  const later = new Known("remembered", ask);
  await later.recall();
  expect(later).toMatchObject({ value: ["walk"], phase: "loading" });
  expect(ask).not.toHaveBeenCalled();
});

it("says so when this phone has never known it", async () => {
  const known = new Known("never", fails(new OfflineError("no answer")));
  await known.load();
  expect(known).toMatchObject({ phase: "offline", value: undefined, at: null });
});

it("tells a server in trouble from a missing network", async () => {
  const known = new Known("trouble", fails(new ApiError(500, {})));
  await known.load();
  expect(known.phase).toBe("failed");
});
