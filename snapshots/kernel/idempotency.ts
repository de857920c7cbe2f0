// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { MizanError } from "./error.js";
import { isTransient, persist } from "./retry.js";
import type { Answer } from "./wire.js";

/** Sends a call, and sends it again as long as that may help and is wanted. */
export type SendTwice = (
  send: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
  retries: number,
  isWanted: () => boolean,
) => Promise<Answer>;

/** The way of functions that are declared idempotent (protocol 3.8): each try carries the same key, so it is carried out once. */
export const withIdempotencyKey: SendTwice = (send, retries, isWanted) => {
  const headers = { "Idempotency-Key": uuid() };
  const mayHelp = (error: MizanError): boolean =>
    isWanted() && (isTransient(error) || error.code === "idempotency_in_flight");
  return persist(retries, mayHelp, () => send(headers));
};

/** UUIDv4; `crypto.randomUUID` exists on secure origins only. */
const uuid = (): string =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const random = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
    return (+digit ^ (random & (15 >> (+digit / 4)))).toString(16);
  });
