import type { JsonValue } from "../json/json-value.js";

/** One thing wrong with the input: where, by a code, in words (protocol 3.6). */
export interface FieldProblem {
  /** Empty for the input as a whole. */
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

export interface ProblemDetails {
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly instance?: string | undefined;
  /** Typed data of a declared error. */
  readonly data?: JsonValue | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
  /** Further members of the problem document. */
  readonly members?: Readonly<Record<string, JsonValue>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What has changed all the same: the error itself changes nothing else on the page (protocol 3.4). */
  readonly invalidate?:
    | readonly { readonly context: string; readonly params?: Readonly<Record<string, JsonValue>> }[]
    | undefined;
}

/** An answer that is a problem document (RFC 9457). Thrown by handlers, it ends the call and rolls back. */
export class MizanProblem extends Error {
  override readonly name = "MizanProblem";
  readonly status: number;
  readonly code: string;
  readonly details: ProblemDetails;

  constructor(status: number, code: string, details: ProblemDetails = {}) {
    super(details.detail ?? details.title ?? code);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}
