import { base64url } from "./base64url.js";

/** Unguessable text of so many random bytes. */
export function randomText(bytes: number): string {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}
