import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { nameFrom } from "../diagnostics/name-from.js";
import type { Diagnostics } from "../diagnostics/diagnostics.js";
import { severityOf } from "../diagnostics/catalogue.js";
import {
  defaultMaxBytes,
  defaultTimeoutMs,
  type DocumentInput,
  type ReadOptions,
} from "./document-input.js";
import { fetchUrl, nameOfUrl } from "./fetch-url.js";
import { readFileBytes, tooLarge } from "./read-file.js";
import { formatOfName, ReadError, type Origin, type Source } from "./source.js";

export type SourceResult =
  | { readonly status: "read"; readonly source: Source }
  /** The URL has answered 304 to `ReadOptions.ifNoneMatch`. */
  | { readonly status: "not-modified" }
  /** Reported. */
  | { readonly status: "failed" };

/**
 * The bytes of the root document, unparsed: enough to tell by `hash` that nothing has changed. Failures are reported, not thrown
 * (E001, E002, E008, E012, E013, E014).
 */
export async function readSource(
  input: DocumentInput,
  options: ReadOptions,
  diagnostics: Diagnostics,
): Promise<SourceResult> {
  try {
    const result = await read(input, options);
    if (result.status === "read" && isBlank(result.source.bytes)) {
      throw new ReadError({ code: "E002", message: `${result.source.name} is empty` });
    }
    return result;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { code, message, help } = error.fault;
    diagnostics.add({ code, severity: severityOf(code), message, help });
    return { status: "failed" };
  }
}

async function read(
  input: DocumentInput,
  options: ReadOptions,
): Promise<Exclude<SourceResult, { status: "failed" }>> {
  const cwd = resolve(options.cwd ?? process.cwd());
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  switch (input.kind) {
    case "file": {
      const path = resolve(cwd, input.path);
      const name = nameFrom(cwd, path);
      const bytes = await readFileBytes(path, name, maxBytes);
      return found(name, { kind: "file", path }, bytes, formatOfName(path));
    }
    case "text": {
      const path = input.name === undefined ? undefined : resolve(cwd, input.name);
      const name = path === undefined ? "<stdin>" : nameFrom(cwd, path);
      const bytes = typeof input.content === "string" ? Buffer.from(input.content) : input.content;
      if (bytes.length > maxBytes) throw tooLarge(name, maxBytes);
      const origin: Origin = path === undefined ? { kind: "none" } : { kind: "file", path };
      return found(name, origin, bytes, path === undefined ? undefined : formatOfName(path));
    }
    case "url": {
      const fetched = await fetchUrl(input.url, {
        headers: input.headers ?? {},
        ifNoneMatch: options.ifNoneMatch,
        maxBytes,
        timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
      });
      if (fetched.status === "not-modified") return fetched;
      const format =
        formatOfMedia(fetched.mediaType) ?? formatOfName(new URL(fetched.url).pathname);
      const origin: Origin = { kind: "url", url: fetched.url };
      return found(nameOfUrl(input.url), origin, fetched.bytes, format, fetched.etag);
    }
  }
}

function found(
  name: string,
  origin: Origin,
  bytes: Uint8Array,
  format: Source["format"],
  etag?: string,
): SourceResult & { status: "read" } {
  const hash = createHash("sha256").update(bytes).digest("hex");
  return { status: "read", source: { name, origin, bytes, hash, format, etag } };
}

/** `text/plain` and the like say nothing. */
export function formatOfMedia(mediaType: string): Source["format"] {
  if (/^application\/(.+\+)?json$/.test(mediaType)) return "json";
  return /^(application|text)\/(.+[+.])?(x-)?yaml$/.test(mediaType) ? "yaml" : undefined;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 32 || (byte >= 9 && byte <= 13));
}
