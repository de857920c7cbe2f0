import { createHash, hash } from "node:crypto";

const carriageReturn = 13;

/** SHA-256 (hex) of some text. */
export function hashText(text: string | Uint8Array): string {
  // One call without a stream object, where Node has it (20.12): half the time for small files.
  return typeof hash === "function"
    ? hash("sha256", text, "hex")
    : createHash("sha256").update(text).digest("hex");
}

/** SHA-256 (hex) over the text with LF line ends, so that a checkout with CRLF hashes as what was committed. */
export function hashLfText(bytes: Buffer): string {
  return hashText(bytes.includes(carriageReturn) ? toLf(bytes.toString("utf8")) : bytes);
}

/** The text with LF line ends. */
export function toLf(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
