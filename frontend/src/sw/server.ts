/** The worker's few calls to the server. */
const ROOT = "/api/v1";
const TIMEOUT_MS = 15_000;

export interface Said {
  status: number;
  body: Record<string, unknown>;
}

export interface Question {
  method: "GET" | "POST" | "PUT";
  /** What is sent with POST speaks for itself by its token: no cookie travels with it. */
  body?: unknown;
  csrf?: string;
  timeout?: number;
}

/** What the server said; null when it was not reached, or something else answered in its place. */
export async function ask(path: string, question: Question): Promise<Said | null> {
  try {
    const response = await fetch(ROOT + path, requestOf(question));
    const body = response.status === 204 ? {} : await readJson(response);
    // A 200 that is not ours is a hotel's or train's login page.
    return response.ok && !body ? null : { status: response.status, body: body ?? {} };
  } catch {
    return null;
  }
}

function requestOf({ method, body, csrf, timeout = TIMEOUT_MS }: Question): RequestInit {
  const headers = new Headers({ Accept: "application/json" });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (csrf) headers.set("X-CSRFToken", csrf);
  return {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    credentials: method === "POST" ? "omit" : "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(timeout),
  };
}

async function readJson(response: Response): Promise<Record<string, unknown> | null> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : null;
}
