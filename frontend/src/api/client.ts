import { ApiError, OfflineError } from "./errors";
import type { ErrorEnvelope, KnownSession } from "./types";

export { ApiError, OfflineError } from "./errors";

const ROOT = "/api/v1";
const TIMEOUT_MS = 15_000;

type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** Sent with every unsafe call. `/session` answers it. */
let csrfToken: string | null = null;

/** Typed JSON calls; paths are relative to /api/v1, as in `api.get<Today>("/today")`. */
export const api = {
  get: <T>(path: string) => call<T>("GET", path),
  put: <T>(path: string, body: unknown) => call<T>("PUT", path, body),
  post: <T>(path: string, body: unknown = {}) => call<T>("POST", path, body),
  patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, body),
  delete: (path: string) => call<undefined>("DELETE", path),
};

async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  if (needsToken(method, path) && !csrfToken) await freshToken();
  try {
    return await attempt<T>(method, path, body);
  } catch (error) {
    // The token rotates when the session is renewed in another tab. One fresh one, one retry.
    if (!(error instanceof ApiError) || error.code !== "csrf_failed") throw error;
    await freshToken();
    return attempt<T>(method, path, body);
  }
}

async function attempt<T>(method: Method, path: string, body: unknown): Promise<T> {
  const response = await send(method, path, body);
  const answer = await readJson(response);
  if (!response.ok) throw asError(response, answer);
  // A 200 that is not ours is a hotel's or train's login page: the server was not reached.
  if (answer === undefined && response.status !== 204) throw new OfflineError("Not our server.");
  keepToken(answer);
  return answer as T;
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  const headers = new Headers({ Accept: "application/json" });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (csrfToken && method !== "GET") headers.set("X-CSRFToken", csrfToken);
  const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body !== undefined) init.body = JSON.stringify(body);
  try {
    return await fetch(ROOT + path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new OfflineError("No answer from the server.", { cause });
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    // A proxy's HTML page, or a body cut short: the status still tells what happened.
    return undefined;
  }
}

function asError(response: Response, answer: unknown): ApiError {
  const seconds = Number(response.headers.get("Retry-After"));
  const envelope = isRecord(answer) ? (answer as Partial<ErrorEnvelope>) : {};
  return new ApiError(response.status, envelope, seconds > 0 ? seconds : null);
}

function needsToken(method: Method, path: string): boolean {
  return method !== "GET" && path !== "/session";
}

/** Throws what the server would answer to an unsafe call from nobody, without asking it. */
async function freshToken(): Promise<void> {
  const { person } = await attempt<KnownSession>("GET", "/session", undefined);
  if (!person) throw new ApiError(401, { code: "no_session" });
}

function keepToken(answer: unknown): void {
  if (isRecord(answer) && typeof answer["csrf_token"] === "string") {
    csrfToken = answer["csrf_token"];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
