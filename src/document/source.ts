import type { DiagnosticCode } from "../diagnostics/catalogue.js";

/** Where a text came from, as far as references in it are concerned. */
export type Origin =
  /** An absolute path. */
  | { readonly kind: "file"; readonly path: string }
  /** The URL that answered, after redirects. */
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "none" };

/** What was read, before anyone looked into it. */
export interface Source {
  /** How messages call it (`Document.name`). */
  readonly name: string;
  readonly origin: Origin;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  /** By extension or media type; undefined when only the content can tell. */
  readonly format: "json" | "yaml" | undefined;
  /** Of a URL that sent one: for `ReadOptions.ifNoneMatch` of the next read. */
  readonly etag?: string | undefined;
}

/** Why something could not be read; about no place in a text. */
export interface ReadFault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly help?: string | undefined;
}

export class ReadError extends Error {
  readonly fault: ReadFault;
  constructor(fault: ReadFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The format that a file name or the path of a URL promises. */
export function formatOfName(name: string): "json" | "yaml" | undefined {
  if (/\.json$/i.test(name)) return "json";
  return /\.ya?ml$/i.test(name) ? "yaml" : undefined;
}
