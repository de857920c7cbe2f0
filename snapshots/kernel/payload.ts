// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { FieldError } from "./error.js";
import type { InvalidateItem } from "./effect.js";
import { isObject, parseJson } from "./json.js";

/** An error in a form that travels: a problem. */
export interface DehydratedError {
  readonly status: number;
  readonly code: string;
  readonly title?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly data?: unknown;
}

export interface DehydratedEntry {
  readonly context: string;
  readonly params: object;
  readonly rev?: number | undefined;
  readonly data?: object | undefined;
  /** Of single slots. */
  readonly errors?: Readonly<Record<string, DehydratedError>> | undefined;
  /** Of the context as a whole. */
  readonly error?: DehydratedError | undefined;
  /** Milliseconds since it was read: a duration, so that no two clocks are compared. */
  readonly age?: number | undefined;
}

/** State of a kernel on its way to another one, plain JSON (protocol 3.10, SSR payload). */
export interface Dehydrated {
  readonly mizan: 1;
  readonly schema?: string | undefined;
  readonly epoch?: string | undefined;
  /** Seconds since 1970 by the server's clock; for people, nothing is decided by it. */
  readonly at?: number | undefined;
  readonly entries: readonly DehydratedEntry[];
  /** What changed on the server before the page was rendered. */
  readonly invalidate?: readonly InvalidateItem[] | undefined;
}

const ID = "__MIZAN_SSR_DATA__";

/** A script element that carries the payload as inert JSON: allowed by any Content-Security-Policy, safe for any value. */
export function renderHydrationScript(
  payload: Dehydrated,
  options: { readonly nonce?: string | undefined } = {},
): string {
  const nonce = options.nonce ? ` nonce="${escape(options.nonce).replace(/"/g, "&quot;")}"` : "";
  return `<script type="application/json" id="${ID}"${nonce}>${escape(JSON.stringify(payload))}</script>`;
}

/** As JSON escapes, which JSON.parse takes back. */
const escape = (text: string): string =>
  text.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The payload that stands in the page, once: a second kernel, or a module that was loaded anew, finds nothing. */
export function takePagePayload(fingerprint: string | undefined): Dehydrated | undefined {
  const page = globalThis as { [ID]?: unknown };
  // An element with an id is also a member of the window; a page may set the member itself.
  const found = page[ID] ?? globalThis.document?.getElementById(ID);
  if (!isObject(found) || found["taken"]) return undefined;
  const payload = "textContent" in found ? parseJson(String(found["textContent"])) : found;
  if (!isPayloadOf(payload, fingerprint)) return undefined;
  found["taken"] = true;
  return payload;
}

/** Whether a value from outside is a payload of this version of the contract. */
export function isPayloadOf(value: unknown, fingerprint = ""): value is Dehydrated {
  if (!isObject(value) || value["mizan"] !== 1 || !Array.isArray(value["entries"])) return false;
  const { schema = fingerprint } = value;
  return schema === fingerprint || !fingerprint;
}
