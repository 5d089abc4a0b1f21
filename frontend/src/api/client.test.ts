import { beforeEach, describe, expect, it, vi } from "vitest";

type Reply = [status: number, body?: unknown, headers?: Record<string, string>];

const sent: { method: string; path: string; token: string | null; body: unknown }[] = [];
let replies: (Reply | Error)[] = [];

async function answer(path: string, init: RequestInit): Promise<Response> {
  const headers = init.headers as Headers;
  const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
  sent.push({ method: init.method ?? "", path, token: headers.get("X-CSRFToken"), body });
  const reply = replies.shift();
  if (!reply || reply instanceof Error) throw reply ?? new Error("no reply left");
  const [status, content, extra = {}] = reply;
  const text = content === undefined ? null : JSON.stringify(content);
  return new Response(text, { status, headers: extra });
}

async function client(...script: (Reply | Error)[]) {
  vi.resetModules();
  vi.stubGlobal("fetch", answer);
  replies = script;
  return import("./client");
}

beforeEach(() => {
  sent.length = 0;
});

const ME: Reply = [200, { person: { id: "alice" }, csrf_token: "t1" }];

describe("api", () => {
  it("fetches a token before the first change, and sends it with every one", async () => {
    const { api } = await client(ME, [201, { id: "a" }], [204]);
    await api.put("/reminders/a", { enabled: true });
    await api.delete("/reminders/a");
    expect(sent).toEqual([
      { method: "GET", path: "/api/v1/session", token: null, body: undefined },
      { method: "PUT", path: "/api/v1/reminders/a", token: "t1", body: { enabled: true } },
      { method: "DELETE", path: "/api/v1/reminders/a", token: "t1", body: undefined },
    ]);
  });

  it("starts a session without asking for a token first", async () => {
    const { api } = await client([201, { person: {}, csrf_token: "new" }], [200, {}]);
    await api.post("/session", { consent: true });
    await api.patch("/me", { locale: "de" });
    expect(sent.map(({ token }) => token)).toEqual([null, "new"]);
  });

  it("does not send a change for somebody who has no account yet", async () => {
    const { api } = await client([200, { person: null, csrf_token: "" }]);
    const error = api.put("/pain/entries/a", { score: 4 });
    await expect(error).rejects.toMatchObject({ status: 401, code: "no_session" });
    expect(sent).toHaveLength(1);
  });

  it("takes a fresh token once when the old one is turned down", async () => {
    const refused: Reply = [403, { code: "csrf_failed", detail: "", fields: {} }];
    const fresh: Reply = [200, { person: {}, csrf_token: "t2" }];
    const { api } = await client(ME, refused, fresh, [200, { id: "a" }]);
    expect(await api.put("/reminders/a", {})).toEqual({ id: "a" });
    expect(sent.at(-1)?.token).toBe("t2");
  });

  it("says no with the server's code, fields and waiting time", async () => {
    const fields = { "schedule.times": ["25:00 is not a time."] };
    const { api, ApiError } = await client(ME, [
      400,
      { code: "invalid", detail: "No.", fields },
      { "Retry-After": "30" },
    ]);
    const error = await api.put("/reminders/a", {}).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: "invalid", fields, retryAfter: 30 });
  });

  it("keeps the status when a proxy answers in its own words", async () => {
    const { api } = await client([502]);
    await expect(api.get("/today")).rejects.toMatchObject({ status: 502, code: "server_error" });
  });

  it("calls it offline when nobody answers, or somebody else does", async () => {
    const { api, OfflineError } = await client(new TypeError("Failed to fetch"), [200]);
    await expect(api.get("/today")).rejects.toBeInstanceOf(OfflineError);
    await expect(api.get("/today")).rejects.toBeInstanceOf(OfflineError);
  });
});
