import { beforeEach, expect, test, vi } from "vitest";
import { sendReceipt } from "./receipt";

const fetched = vi.fn();

beforeEach(() => {
  fetched.mockReset().mockResolvedValue(new Response(null, { status: 204 }));
  vi.stubGlobal("fetch", fetched);
});

test("a receipt carries the token and nothing about the person", async () => {
  await sendReceipt({ token: "a:b:c", delivery: "7d0e", kind: "walk" }, "shown");
  const [path, init] = fetched.mock.calls[0] as [string, RequestInit];
  expect(path).toBe("/api/v1/reminders/receipts");
  expect(init).toMatchObject({ method: "POST", credentials: "omit" });
  expect(JSON.parse(String(init.body))).toEqual({ token: "a:b:c", event: "shown" });
});

test("without a token there is nothing to say", async () => {
  await sendReceipt({}, "opened");
  expect(fetched).not.toHaveBeenCalled();
});

test.each([
  ["no network", () => Promise.reject(new TypeError("no network"))],
  ["a server in trouble", () => Promise.resolve(new Response("<html>", { status: 502 }))],
  ["an expired token", () => Promise.resolve(new Response("{}", { status: 403 }))],
])("%s is nobody's trouble", async (_name, answer) => {
  fetched.mockImplementation(answer);
  await expect(sendReceipt({ token: "a:b:c" }, "dismissed")).resolves.toBeUndefined();
  expect(fetched).toHaveBeenCalledOnce();
});
