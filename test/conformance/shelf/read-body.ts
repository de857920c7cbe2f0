import type { IncomingMessage } from "node:http";
import { Problem } from "./answer.js";

export interface FilePart {
  readonly type: string;
  readonly bytes: Buffer;
}

export interface MultipartInput {
  readonly payload: unknown;
  readonly files: ReadonlyMap<string, FilePart>;
}

/** The whole body, counted while it comes; what is too much is thrown away, so that the answer can be read. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length <= limit) chunks.push(chunk as Buffer);
  }
  if (length > limit) throw new Problem(413, "too_large");
  return Buffer.concat(chunks);
}

const mostLevels = 32;

/** Strict JSON: UTF-8, no lone surrogates, at most 32 levels. */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem(400, "malformed");
  }
  let level = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") level++;
    else if (token === "]" || token === "}") level--;
    if (level > mostLevels) throw new Problem(400, "malformed");
  }
  try {
    const value = JSON.parse(text) as unknown;
    // JSON.stringify writes half of a surrogate pair as an escape, and nothing else above ASCII.
    if (/\\ud[89a-f]/i.test(JSON.stringify(value))) throw new Problem(400, "malformed");
    return value;
  } catch {
    throw new Problem(400, "malformed");
  }
}

/** The parts of a multipart body (protocol 3.10). */
export async function parseMultipart(
  bytes: Buffer,
  type: string,
  declared: readonly string[],
  maxBytes: number,
): Promise<MultipartInput> {
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } })
    .formData()
    .catch(() => {
      throw new Problem(400, "malformed");
    });
  const files = new Map<string, FilePart>();
  let payload: unknown;
  for (const [name, value] of form) {
    if (name === "payload" && payload === undefined && typeof value === "string")
      payload = parseJson(Buffer.from(value));
    else if (declared.includes(name) && typeof value !== "string") {
      if (value.size > maxBytes) throw new Problem(413, "too_large");
      files.set(name, { type: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
    } else throw new Problem(400, "malformed", { detail: "an undeclared part" });
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload))
    throw new Problem(400, "malformed");
  return { payload, files };
}
