import type { Bundle, Entry, SlotErrors } from "./entry.js";
import { MizanError } from "./error.js";
import { errorOf } from "./problem.js";
import { isObject } from "./share.js";
import { badResponse, readObject, type Answer } from "./wire.js";

/** What a read brought. */
export interface BundleAnswer {
  /** Null when it is word for word what is known. */
  readonly data: Bundle | null;
  readonly rev: number | undefined;
  readonly errors: SlotErrors | undefined;
  /** The params as the server understood them, defaults included. */
  readonly params: object | undefined;
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
    const rev = Number(response.headers.get("X-Mizan-Rev") || NaN);
    return {
      data: null,
      rev: rev >= 0 ? rev : entry.rev,
      errors: entry.slotErrors,
      params: undefined,
    };
  }
  const body = readObject(name, answer);
  const enveloped = "mizan" in body || isObject(body["data"]);
  const { data, rev, errors, params, context = name } = enveloped ? body : { data: body };
  const failed: Record<string, MizanError> = {};
  if (isObject(errors)) {
    for (const [slot, problem] of Object.entries(errors)) {
      const status = Number(isObject(problem) && problem["status"]) || 500;
      failed[slot] = errorOf(slot, status, problem);
    }
  }
  const known = slots.filter((slot) => isObject(data) && Object.hasOwn(data, slot));
  const answered = known.length + Object.keys(failed).length;
  if (!isObject(data) || context !== name || (slots.length && !answered)) {
    throw badResponse(name, response, text);
  }
  for (const slot of slots) {
    if (known.includes(slot)) delete failed[slot];
    else
      failed[slot] ??= new MizanError("bad_response", `${name}: ${slot} is missing`, {
        source: slot,
      });
  }
  return {
    data,
    rev: typeof rev === "number" ? rev : undefined,
    errors: Object.keys(failed).length ? failed : undefined,
    params: isObject(params) ? params : undefined,
  };
}
