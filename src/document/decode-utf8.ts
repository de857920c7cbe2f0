import { isAscii, isUtf8 } from "node:buffer";
import type { Problem } from "./problem.js";

export interface Decoded {
  /** Without a byte order mark. Where the bytes are not UTF-8: what comes before the problem. */
  readonly text: string;
  readonly problem?: Problem | undefined;
}

/** Bytes that are decoded at once. */
const pieceLength = 16_384;

/** Bytes to text. Only UTF-8 is text here (RFC 8259 section 8.1); a byte order mark is dropped. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = utf16Name(buffer);
  if (utf16 !== undefined) {
    const help = `save it as UTF-8, or convert it: iconv -f ${utf16} -t UTF-8`;
    return {
      text: "",
      problem: {
        code: "E003",
        message: `the input is ${utf16}, not UTF-8`,
        start: 0,
        end: 0,
        help,
      },
    };
  }
  const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  if (isUtf8(buffer)) return { text: textOf(buffer.subarray(start)) };
  const end = firstInvalidByte(buffer);
  const text = buffer.toString("utf8", start, end);
  const byte = (buffer[end] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  return {
    text,
    problem: {
      code: "E003",
      message: `the byte 0x${byte} at offset ${String(end)} is not UTF-8`,
      start: text.length,
      end: text.length,
      help: "save the file as UTF-8; it may be Latin-1 or cut off in the middle of a character",
    },
  };
}

/** ASCII needs no decoding: mostly it is all of a document, else all but a few pieces. */
function textOf(buffer: Buffer): string {
  if (isAscii(buffer)) return buffer.toString("latin1");
  const pieces: string[] = [];
  let end = 0;
  for (let at = 0; at < buffer.length; at = end) {
    end = Math.min(at + pieceLength, buffer.length);
    // Never in the middle of a character.
    while (isContinuation(buffer[end])) end++;
    const piece = buffer.subarray(at, end);
    pieces.push(piece.toString(isAscii(piece) ? "latin1" : "utf8"));
  }
  return pieces.join("");
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >> 6 === 2;
}

/** UTF-16 by its byte order mark, or by the zero byte that every ASCII character has in it. */
function utf16Name(buffer: Buffer): string | undefined {
  const [first, second] = buffer;
  if (first === 0xff && second === 0xfe) return "UTF-16LE";
  if (first === 0xfe && second === 0xff) return "UTF-16BE";
  if (buffer.length >= 4 && first === 0 && second !== 0 && buffer[2] === 0) return "UTF-16BE";
  if (buffer.length >= 4 && first !== 0 && second === 0 && buffer[3] === 0) return "UTF-16LE";
  return undefined;
}

/** Offset of the first byte that belongs to no well-formed sequence (Unicode 15, table 3-7). */
function firstInvalidByte(buffer: Buffer): number {
  let at = 0;
  while (at < buffer.length) {
    const length = sequenceLength(buffer, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function sequenceLength(buffer: Buffer, at: number): number {
  const lead = buffer[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >> 4 === 0xe ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  for (let index = 1; index < length; index++) {
    if (!isContinuation(buffer[at + index])) return 0;
  }
  const second = buffer[at + 1] ?? 0;
  const overlong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const surrogate = lead === 0xed && second > 0x9f;
  const beyond = lead === 0xf4 && second > 0x8f;
  return overlong || surrogate || beyond ? 0 : length;
}
