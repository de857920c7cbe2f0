import { hashLfText } from "./hash-text.js";
import type { HashedFile } from "./hashed-file.js";
import { isOutputPath } from "./output-path.js";
import { byPath, PathOrder } from "./path-order.js";

/** What to do with one file, or what was found out about it. */
export type ChangeKind =
  /** Not there yet. */
  | "create"
  /** There as an earlier run wrote it, and out of date. */
  | "update"
  /** Says already what it should (line ends aside). */
  | "unchanged"
  /** Of an earlier run, no longer generated. */
  | "delete"
  /** Written by an earlier run, changed since, and not what it should be: overwritten, with a warning. */
  | "hand-edited"
  /** No longer generated, and changed since an earlier run wrote it: it stays, and is the user's from now on. */
  | "abandoned"
  /** Not written by us, and not what is about to be written: an error, unless forced. */
  | "foreign";

export interface Change {
  readonly kind: ChangeKind;
  readonly path: string;
  /** The new text, for what is written. */
  readonly text?: string | undefined;
  /** What stands on disk, for what is replaced or removed. */
  readonly before?: Buffer | undefined;
}

export interface Plan {
  /** One for each file, sorted by path. */
  readonly changes: readonly Change[];
  /** Hash of each file as it will stand, for the manifest; sorted by path. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** What stands at a path of the output directory. `other` is a directory or a device: nothing that could be replaced. */
export type Found = FoundFile | "missing" | "other";

export interface FoundFile {
  /** Over LF text. */
  readonly hash: string;
  readonly read: () => Buffer;
}

/**
 * Compares what was generated with what is on disk and what earlier runs wrote. Pure: `check`, `generate` and a dry run make the same
 * plan and differ only in what they do with it.
 *
 * @param owned hashes under which earlier runs may have left a file, by path
 * @param found what stands on disk, for every path of `files` and `owned`
 * @param order in which earlier runs of a watch have put the paths
 */
export function planChanges(
  files: readonly HashedFile[],
  owned: ReadonlyMap<string, readonly string[]>,
  found: (path: string) => Found,
  order = new PathOrder(),
): Plan {
  refuseUnsafePaths(files);
  const changes: Change[] = [];
  const hashes = new Map<string, string>();
  for (const file of order.sort(files)) {
    const { path, hash } = file;
    hashes.set(path, hash);
    changes.push(planFile(file, owned.get(path), found(path)));
  }
  for (const [path, written] of owned) {
    if (hashes.has(path)) continue;
    const file = found(path);
    if (typeof file === "string") continue;
    // What is removed is read, whatever is known of it.
    const before = file.read();
    const kind = written.includes(hashLfText(before)) ? "delete" : "abandoned";
    changes.push({ kind, path, before });
  }
  return { changes: changes.sort(byPath), hashes };
}

function refuseUnsafePaths(files: readonly HashedFile[]): void {
  const folded = new Set<string>();
  for (const { path } of files) {
    if (!isOutputPath(path)) throw new Error(`unsafe output path ${JSON.stringify(path)}`);
    const key = path.toLowerCase();
    if (folded.has(key)) throw new Error(`two files are named ${JSON.stringify(path)}`);
    folded.add(key);
  }
}

function planFile(
  { path, text, hash }: HashedFile,
  written: readonly string[] | undefined,
  found: Found,
): Change {
  if (found === "missing") return { kind: "create", path, text };
  if (found === "other") return { kind: "foreign", path, text };
  if (found.hash === hash) return { kind: "unchanged", path };
  const before = found.read();
  if (written === undefined) return { kind: "foreign", path, text, before };
  const present = hashLfText(before);
  return { kind: written.includes(present) ? "update" : "hand-edited", path, text, before };
}
