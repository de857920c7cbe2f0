import { hmac, sameText } from "../crypto/hmac.js";
import { randomText } from "../crypto/random-text.js";

/** A CSRF token that is worth something in this session only (protocol 3.7). No two are equal, so that compression gives none away. */
export async function csrfToken(secret: string, sessionId: string): Promise<string> {
  const nonce = randomText(12);
  return `${nonce}.${await hmac(secret, `csrf ${nonce} ${sessionId}`)}`;
}

export async function isCsrfToken(
  secret: string,
  sessionId: string,
  token: string,
): Promise<boolean> {
  const [nonce = "", signature = ""] = token.split(".");
  return sameText(signature, await hmac(secret, `csrf ${nonce} ${sessionId}`));
}
