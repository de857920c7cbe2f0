import { MizanError, type FieldError, type MizanErrorDetails } from "./error.js";
import { headerItems, invalidateItems, type InvalidateItem } from "./invalidate-header.js";
import { retryAfter } from "./retry.js";
import { isObject } from "./share.js";

/** The code of a failed answer that names none itself. */
const codes: Readonly<Record<number, string>> = {
  400: "malformed",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "method",
  406: "not_acceptable",
  409: "conflict",
  410: "gone",
  412: "precondition",
  413: "too_large",
  414: "too_large",
  415: "content_type",
  422: "validation",
  429: "rate_limited",
  431: "too_large",
  503: "unavailable",
};

/**
 * A failed answer as an error, and what it says has changed: a problem (RFC 9457, protocol 3.6), or the bodies of FastAPI, Ninja and
 * Django, or plain text.
 *
 * @param mutates whether the request changes something, so that after 5xx nobody knows whether it did
 */
export function readProblem(
  source: string,
  response: Response,
  text: string,
  skewed: boolean,
  mutates: boolean | undefined,
): { readonly error: MizanError; readonly invalidate: readonly InvalidateItem[] } {
  const { status, headers } = response;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = /^\s*</.test(text) ? undefined : { detail: text };
  }
  const { code, invalidate } = isObject(body) ? body : {};
  const unknown = /^unknown_/.test(String(code)) || status === 410 || status === 422;
  const error = errorOf(source, status, body, {
    retryAfter: retryAfter(headers),
    outcomeUnknown: mutates && status >= 500,
    skew: skewed && unknown,
  });
  return { error, invalidate: invalidate ? invalidateItems(invalidate) : headerItems(response) };
}

/** A problem object as an error; also of one slot, and of hydrated state. */
export function errorOf(
  source: string,
  status: number,
  body: unknown,
  details?: MizanErrorDetails,
): MizanError {
  const problem = isObject(body) ? body : {};
  const {
    code = codes[status] ?? (status < 500 ? "http" : "internal"),
    detail,
    title,
    data,
  } = problem;
  const text = [detail, title].find((value) => typeof value === "string" && value);
  return new MizanError(String(code), String(text ?? code).slice(0, 500), {
    ...details,
    status,
    fields: fieldErrors(problem, status),
    data,
    source,
  });
}

function fieldErrors(problem: Readonly<Record<string, unknown>>, status: number): FieldError[] {
  const { errors, detail } = problem;
  if (Array.isArray(errors)) return errors.filter(isObject).map((e) => field(e["path"], e));
  if (Array.isArray(detail)) {
    return detail.filter(isObject).map((e) => {
      const path: readonly unknown[] = Array.isArray(e["loc"]) ? e["loc"] : [];
      const place = /^(body|query|path|form)$/.test(String(path[0]));
      return field(place ? path.slice(1) : path, { message: e["msg"], code: e["type"] });
    });
  }
  if ("code" in problem || (status !== 400 && status !== 422)) return [];
  return Object.entries(problem).flatMap(([name, messages]) =>
    (Array.isArray(messages) ? messages : []).map((message: unknown) =>
      field(name === "__all__" ? [] : [name], isObject(message) ? message : { message }),
    ),
  );
}

function field(path: unknown, error: Readonly<Record<string, unknown>>): FieldError {
  return {
    path: Array.isArray(path) ? path.filter((key) => /^(string|number)$/.test(typeof key)) : [],
    code: String(error["code"] ?? "invalid"),
    message: String(error["message"] ?? ""),
  };
}
