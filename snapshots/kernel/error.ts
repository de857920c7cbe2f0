// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

/** One problem of one field. An empty `path` is about the input as a whole. */
export interface FieldError {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** Codes of the protocol (3.6), which every function may answer with, and those that the kernel itself gives. */
export type StandardErrorCode =
  | "malformed"
  | "protocol_unsupported"
  | "idempotency_key_missing"
  | "unauthenticated"
  | "forbidden"
  | "csrf_failed"
  | "unknown_function"
  | "unknown_context"
  | "not_found"
  | "method"
  | "not_acceptable"
  | "content_type"
  | "conflict"
  | "idempotency_in_flight"
  | "gone"
  | "precondition"
  | "too_large"
  | "validation"
  | "idempotency_key_reused"
  | "rate_limited"
  | "unavailable"
  | "internal"
  /** The server was not reached, or the connection broke. */
  | "network"
  | "timeout"
  /** Ended by the caller's signal, by `destroy` or by a newer call. */
  | "aborted"
  /** An answer that is not what the protocol says: HTML, broken JSON, another shape. */
  | "bad_response"
  /** The session could not be started, so the call was not sent. */
  | "session_failed"
  | "invalid_params"
  /** Any other status without a code of its own. */
  | "http";

export interface MizanErrorDetails<Data = unknown> {
  readonly status?: number | undefined;
  readonly fields?: readonly FieldError[] | undefined;
  readonly data?: Data | undefined;
  readonly retryAfter?: number | undefined;
  readonly source?: string | undefined;
  readonly outcomeUnknown?: boolean | undefined;
  readonly skew?: boolean | undefined;
  readonly cause?: unknown;
}

/** The one class of errors. The generated types narrow `code` and `data` to what the document declares for a function. */
export class MizanError<Code extends string = string, Data = unknown> extends Error {
  /** For the type checker only: without it `instanceof` would narrow to `MizanError<any, any>`. */
  declare static readonly [Symbol.hasInstance]: (value: unknown) => value is MizanError;
  override readonly name: string = "MizanError";
  readonly code: Code;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  /** What is wrong with which field, for `validation`. */
  readonly fields: readonly FieldError[];
  /** The `data` of a declared error. */
  readonly data: Data;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter: number | undefined;
  /** Wire name of the function or context that failed. */
  readonly source: string | undefined;
  /** The call may or may not have been carried out: its answer was lost. What it is declared to change was read anew. */
  readonly outcomeUnknown: boolean;
  /** The server has another version of the contract and no longer knows this request: offer a reload. */
  readonly skew: boolean;

  constructor(code: Code, message: string, details: MizanErrorDetails<Data> = {}) {
    super(message, details);
    this.code = code;
    this.status = details.status ?? 0;
    this.fields = details.fields ?? [];
    this.data = details.data as Data;
    this.retryAfter = details.retryAfter;
    this.source = details.source;
    this.outcomeUnknown = !!details.outcomeUnknown;
    this.skew = !!details.skew;
  }
}

export const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

const isMizanError = (error: unknown): error is MizanError => error instanceof MizanError;

/** Whatever was thrown, as the one class of errors. */
export const toMizanError = (cause: unknown, source: string): MizanError =>
  isMizanError(cause) ? cause : new MizanError("bad_response", messageOf(cause), { cause, source });
