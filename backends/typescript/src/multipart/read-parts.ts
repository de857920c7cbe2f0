import { malformed } from "../problem/problems.js";
import { ByteQueue } from "./byte-queue.js";

/** One part of a multipart body. Its chunks must be read before the next part is asked for. */
export interface Part {
  readonly name: string;
  /** Null: a field, not a file. */
  readonly filename: string | null;
  /** Media type; `text/plain` where none is given. */
  readonly type: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

const mostHeaderBytes = 8192;
const mostParts = 200;

/**
 * Reads the parts of `multipart/form-data` (RFC 7578) as they come; nothing is kept that was not asked for.
 *
 * @throws MizanProblem 400 for a body that is cut off or has another form
 */
export async function* readParts(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part> {
  if (!/^[\x20-\x7e]{1,70}$/.test(boundary)) throw malformed("a multipart body without a boundary");
  const queue = new ByteQueue(body);
  const open = latin1(`--${boundary}`);
  const delimiter = latin1(`\r\n--${boundary}`);
  if (!(await queue.startsWith(open))) throw malformed("a multipart body without its boundary");
  queue.take(open.length);
  for (let count = 0; ; count++) {
    if (await queue.startsWith(latin1("--"))) {
      queue.take(2);
      return queue.drain();
    }
    if (!(await queue.startsWith(latin1("\r\n")))) throw malformed("a broken multipart boundary");
    if (count >= mostParts) throw malformed(`more than ${mostParts} parts`);
    queue.take(2);
    const headers = await readHeaders(queue);
    let isRead = false;
    const chunks = (async function* (): AsyncGenerator<Uint8Array> {
      yield* queue.until(delimiter);
      isRead = true;
    })();
    yield partOf(headers, chunks);
    if (!isRead) for await (const _ of chunks) continue;
  }
}

async function readHeaders(queue: ByteQueue): Promise<string> {
  const end = latin1("\r\n\r\n");
  let text = "";
  for await (const chunk of queue.until(end)) {
    text += new TextDecoder().decode(chunk);
    if (text.length > mostHeaderBytes) throw malformed("headers of a part that are too long");
  }
  return text;
}

function partOf(headers: string, chunks: AsyncIterable<Uint8Array>): Part {
  const fields = new Map(
    headers.split("\r\n").map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const disposition = fields.get("content-disposition") ?? "";
  const name = parameterOf(disposition, "name");
  if (!/^form-data\s*;/i.test(disposition) || name === null) {
    throw malformed("a part without a name");
  }
  const filename = parameterOf(disposition, "filename");
  return { name, filename, type: fields.get("content-type") ?? "text/plain", chunks };
}

/** A quoted parameter; browsers write quotes and line breaks in it as `%22`, `%0D`, `%0A`. */
function parameterOf(disposition: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}="([^"]*)"`, "i").exec(disposition);
  return found?.[1]?.replace(/%(22|0D|0A)/gi, (code) => decodeURIComponent(code)) ?? null;
}

const latin1 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
