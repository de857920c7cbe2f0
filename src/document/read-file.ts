import { open, readdir, stat, type FileHandle } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { didYouMean, suggest } from "../diagnostics/suggest.js";
import { ReadError } from "./source.js";

/** The bytes of a file. Throws a ReadError that calls the file by `name`. */
export async function readFileBytes(
  path: string,
  name: string,
  maxBytes: number,
): Promise<Uint8Array> {
  try {
    const handle = await open(path, "r");
    try {
      return await readAll(handle, name, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw await explainReadError(path, name, error);
  }
}

/** Also pipes and devices, whose size nobody knows: no more than the limit is ever held. */
async function readAll(handle: FileHandle, name: string, maxBytes: number): Promise<Uint8Array> {
  const { size } = await handle.stat();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    if (size > maxBytes || total > maxBytes) throw tooLarge(name, maxBytes);
    const chunk = Buffer.allocUnsafe(Math.max(size - total + 1, 65_536));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    total += bytesRead;
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, total);
}

export function tooLarge(name: string, maxBytes: number): ReadError {
  const limit = `${String(Math.round((maxBytes / 1_048_576) * 10) / 10)} MiB`;
  return new ReadError({ code: "E008", message: `${name} is larger than ${limit}, the limit` });
}

/** What went wrong with a file, in words. */
export async function explainReadError(
  path: string,
  name: string,
  error: unknown,
): Promise<ReadError> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return missing(path, name);
    case "EISDIR":
      return new ReadError({
        code: "E001",
        message: `${name} is a directory`,
        help: "name the document in it",
      });
    case "EACCES":
    case "EPERM":
      return new ReadError({ code: "E001", message: `${name} may not be read (${code})` });
    default: {
      const reason = error instanceof Error ? error.message : String(error);
      return new ReadError({ code: "E001", message: `${name} could not be read: ${reason}` });
    }
  }
}

async function missing(path: string, name: string): Promise<ReadError> {
  const folder = dirname(path);
  const exists = await stat(folder).catch(() => undefined);
  if (!exists?.isDirectory()) {
    const what = exists ? "is no folder" : "does not exist";
    return new ReadError({
      code: "E001",
      message: `${name} does not exist: the folder ${dirname(name)} ${what}`,
    });
  }
  const near = nearestName(basename(path), await readdir(folder).catch(() => []));
  return new ReadError({ code: "E001", message: `${name} does not exist${didYouMean(near)}` });
}

/** A file of the same stem with another extension of ours comes first: openapi.yaml for openapi.json. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const sorted = names.toSorted();
  const stem = wanted.replace(/\.(json|ya?ml)$/i, "");
  const sibling = sorted.find(
    (name) => /\.(json|ya?ml)$/i.test(name) && name.replace(/\.\w+$/, "") === stem,
  );
  return sibling ?? suggest(wanted, sorted);
}
