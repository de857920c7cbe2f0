import { isUrl } from "../diagnostics/is-url.js";

/** Where a document comes from. */
export type DocumentInput =
  /** A path, absolute or relative to `ReadOptions.cwd`. */
  | { readonly kind: "file"; readonly path: string }
  /** Standard input, or a text in a test. `name` is a path as given by `--stdin-filepath`; messages say `<stdin>` without it. */
  | {
      readonly kind: "text";
      readonly content: string | Uint8Array;
      readonly name?: string | undefined;
    }
  /** `headers` go to the origin of `url` only; they are dropped on a redirect elsewhere and never shown. */
  | {
      readonly kind: "url";
      readonly url: string;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    };

export interface ReadOptions {
  /** What relative paths are relative to; the process's own when absent. */
  readonly cwd?: string | undefined;
  /**
   * Which references to other documents are followed: none (the default); `files` below the directory of the root document (for a
   * URL: documents of its origin); `all` of these and any http(s) URL.
   */
  readonly allowRefs?: "none" | "files" | "all" | undefined;
  /** Largest document read, in bytes, each file for itself. */
  readonly maxBytes?: number | undefined;
  /** For the whole of one HTTP exchange, redirects and body included. */
  readonly timeoutMs?: number | undefined;
  /** ETag of the last answer of a URL: `readSource` then answers `not-modified` for a 304. */
  readonly ifNoneMatch?: string | undefined;
}

/** 64 MiB: four times the largest description that we have met. */
export const defaultMaxBytes = 64 * 1024 * 1024;
export const defaultTimeoutMs = 30_000;

/** What a command line or config names as input: `-` is standard input (whose content the caller has read), a URL, or a file. */
export function inputFromArgument(
  argument: string,
  headers?: Readonly<Record<string, string>>,
): Exclude<DocumentInput, { kind: "text" }> | "stdin" {
  if (argument === "-") return "stdin";
  if (isUrl(argument)) return { kind: "url", url: argument, headers };
  return { kind: "file", path: argument };
}
