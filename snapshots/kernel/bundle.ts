// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { MizanError } from "./error.js";
import { errorOf } from "./problem.js";
import { isObject, objectOf } from "./json.js";
import type { Bundle, Entry, SlotErrors } from "./store.js";
import { badResponse, readJson, type Answer } from "./wire.js";

/** What a read brought. */
export interface BundleAnswer {
  /** Undefined when it is word for word what is known. */
  readonly data?: Bundle | undefined;
  readonly rev?: number | undefined;
  readonly errors?: SlotErrors | undefined;
  /** The params as the server understood them, defaults included. */
  readonly params?: unknown;
}

/**
 * Reads the answer to a read (protocol 3.3): the envelope, a bare `{slot: value}` of other servers, or 304.
 *
 * @throws MizanError `bad_response` when it is none of them
 */
export function readBundle(entry: Entry, answer: Answer): BundleAnswer {
  const { response, text } = answer;
  const { name, slots } = entry.context;
  if (response.status === 304 || text === entry.text) {
    const rev = response.headers.get("X-Mizan-Rev");
    return { rev: rev ? +rev : entry.rev };
  }
  const body = readJson(name, answer);
  const enveloped = "mizan" in body || isObject(body["data"]);
  const { data, rev, errors, params, context = name } = enveloped ? body : { data: body };
  const problems = objectOf(errors);
  const isKnown = (slot: string): boolean =>
    Object.hasOwn(problems, slot) || (isObject(data) && Object.hasOwn(data, slot));
  if (!isObject(data) || context !== name || (slots.length && !slots.some(isKnown))) {
    throw badResponse(name, answer);
  }
  let failed: Record<string, MizanError> | undefined;
  for (const slot of slots.length ? slots : Object.keys(problems)) {
    if (Object.hasOwn(data, slot)) continue;
    failed ??= {};
    failed[slot] = Object.hasOwn(problems, slot)
      ? errorOf(slot, problems[slot])
      : new MizanError("bad_response", `${slot} is missing`, { source: slot });
  }
  return {
    data,
    rev: typeof rev === "number" ? rev : undefined,
    errors: failed,
    params,
  };
}

/** The problems of single slots, by slot. */
export function readErrors(problems: unknown): Record<string, MizanError> {
  const errors: Record<string, MizanError> = {};
  for (const [slot, problem] of Object.entries(objectOf(problems))) {
    errors[slot] = errorOf(slot, problem);
  }
  return errors;
}
