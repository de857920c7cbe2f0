// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { readEffects, type Effect } from "./effect.js";
import type { Contract } from "./descriptor.js";
import { MizanError, type FieldError, type MizanErrorDetails } from "./error.js";
import { retryAfter } from "./retry.js";
import { isObject, objectOf, parseJson } from "./json.js";

type Fields = Readonly<Record<string, unknown>>;

/** The code of a failed answer that names none itself. */
const codes: Readonly<Record<number, string>> = {
  400: "malformed",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  410: "gone",
  413: "too_large",
  422: "validation",
  429: "rate_limited",
  503: "unavailable",
};

/**
 * A failed answer as an error, and what it says has changed: a problem (RFC 9457, protocol 3.6), what the contract's `readFields` reads,
 * or plain text.
 *
 * @param mutates whether the request changes something, so that after 5xx nobody knows whether it did
 * @param skewed whether the server has another version of the contract
 */
export function readProblem(
  { readFields, readEffects: readHeaders }: Contract,
  source: string,
  response: Response,
  text: string,
  mutates: boolean | undefined,
  skewed: boolean,
): { readonly error: MizanError; readonly effects: readonly Effect[] } {
  const { status, headers } = response;
  const body = parseJson(text) ?? (/^\s*</.test(text) ? {} : { detail: text });
  const problem = objectOf(body);
  const { code, invalidate } = problem;
  const error = errorOf(source, body, {
    status,
    fields: code ? undefined : readFields?.(problem, status),
    retryAfter: retryAfter(headers),
    outcomeUnknown: mutates && status >= 500,
    skew: skewed && (status === 410 || status === 422 || /^unknown_/.test(String(code))),
  });
  return { error, effects: invalidate ? readEffects(invalidate) : (readHeaders?.(response) ?? []) };
}

/** A problem as an error: of an answer, of one slot, of hydrated state. */
export function errorOf(source: string, body: unknown, details?: MizanErrorDetails): MizanError {
  const problem = objectOf(body);
  const status = details?.status ?? (Number(problem["status"]) || 500);
  const { code: own, detail, title, data, errors } = problem;
  const code = textOf(own) ?? codes[status] ?? (status < 500 ? "http" : "internal");
  const message = textOf(detail) ?? textOf(title) ?? code;
  return new MizanError(code, message.slice(0, 500), {
    ...details,
    status,
    fields: Array.isArray(errors)
      ? errors.filter(isObject).map((each) => fieldError(each["path"], each))
      : details?.fields,
    data,
    source,
  });
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value ? value : undefined;

/** What is wrong with the field at a path. */
export const fieldError = (path: unknown, { code, message }: Fields): FieldError => ({
  path: Array.isArray(path)
    ? path.filter((key: unknown) => /^(string|number)$/.test(typeof key))
    : [],
  code: textOf(code) ?? "invalid",
  message: textOf(message) ?? "",
});
