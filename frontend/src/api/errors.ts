import type { ErrorEnvelope } from "./types";

/** The server answered, and the answer was no. Screens switch on `code`, never on text. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly fields: Record<string, string[]>;
  /** Seconds to wait before another try, when the server named them. */
  readonly retryAfter: number | null;

  constructor(status: number, envelope: Partial<ErrorEnvelope>, retryAfter: number | null = null) {
    super(envelope.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.code = envelope.code ?? "server_error";
    this.detail = envelope.detail ?? "";
    this.fields = envelope.fields ?? {};
    this.retryAfter = retryAfter;
  }
}

/** No answer came: no network, or a server that cannot be reached. */
export class OfflineError extends Error {
  override readonly name = "OfflineError";
}
