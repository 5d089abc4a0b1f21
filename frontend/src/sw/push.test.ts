import { beforeEach, describe, expect, test, vi } from "vitest";
import { onPush } from "./push";

const showNotification = vi.fn();

beforeEach(() => {
  showNotification.mockReset().mockResolvedValue(undefined);
  vi.stubGlobal("registration", { showNotification });
});

/** Delivers a push as a browser does, and waits for what the worker asked it to wait for. */
async function push(data: unknown): Promise<boolean> {
  const waits: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => waits.push(work);
  onPush({ data, waitUntil } as unknown as PushEvent);
  await Promise.all(waits);
  return waits.length > 0;
}

const says = (text: string) => ({ text: () => text });

test("a reminder is shown as the server worded it, and carries where its tap leads", async () => {
  await push(
    says(
      JSON.stringify({
        web_push: 8030,
        notification: {
          title: "Backstep",
          body: "Time for your walk",
          navigate: "https://back.example.org/?from=walk",
          tag: "3f1c",
          lang: "en",
          data: { delivery: "7d0e", kind: "walk" },
        },
      }),
    ),
  );
  expect(showNotification).toHaveBeenCalledExactlyOnceWith("Backstep", {
    body: "Time for your walk",
    tag: "3f1c",
    lang: "en",
    dir: "auto",
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: { delivery: "7d0e", kind: "walk", url: "https://back.example.org/?from=walk" },
  });
});

describe("every push is shown, and the browser is asked to wait for it", () => {
  const unreadable = {
    text() {
      throw new TypeError("unreadable");
    },
  };
  test.each([
    ["no data", null],
    ["an empty text", says("")],
    ["no JSON", says("<html>")],
    ["data that cannot be read", unreadable],
  ])("%s", async (_name, data) => {
    expect(await push(data)).toBe(true);
    expect(showNotification).toHaveBeenCalledOnce();
  });
});

test("a browser that stumbles over an option still shows the words", async () => {
  showNotification.mockRejectedValueOnce(new TypeError("no such option"));
  await push(says('{"notification":{"title":"Time for your walk"}}'));
  expect(showNotification).toHaveBeenLastCalledWith("Time for your walk");
});
