import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { isUrl } from "../diagnostics/is-url.js";
import type { Source } from "../document/source.js";
import { hashLfText, hashText } from "../output/hash-text.js";

const carriageReturn = 13;

/**
 * Hash of a document and of the files that its references lead to, over LF text, so that a checkout with CRLF counts as the same.
 * Null when one of the files cannot be read, or is a URL: then the document has to be read in full to know.
 *
 * @param references paths relative to the document
 * @param path of the document; absent when it is no file
 */
export function hashInput(
  { bytes, hash }: Pick<Source, "bytes" | "hash">,
  references: readonly string[],
  path: string | undefined,
): string | null {
  const root = bytes.includes(carriageReturn)
    ? hashLfText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    : hash;
  if (references.length === 0) return root;
  if (path === undefined) return null;
  const parts = [root];
  for (const reference of references) {
    try {
      parts.push(reference, hashLfText(readFileSync(resolve(dirname(path), reference))));
    } catch {
      return null;
    }
  }
  return hashText(parts.join("\n"));
}

/** Names of referenced files (relative to the cwd) as paths relative to the document; URLs stay as they are. */
export function referencesFrom(
  path: string | undefined,
  files: readonly string[],
  cwd: string,
): string[] {
  return files.map((file) =>
    path === undefined || isUrl(file)
      ? file
      : relative(dirname(path), resolve(cwd, file)).replaceAll("\\", "/"),
  );
}
