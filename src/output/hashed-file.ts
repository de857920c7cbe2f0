import type { GeneratedFile } from "../emit/generated-file.js";
import { hashText } from "./hash-text.js";

/** A generated file with the hash of its text, by which it is compared with the manifest and the disk. */
export interface HashedFile extends GeneratedFile {
  readonly hash: string;
}

/** @param known files of earlier runs of a watch: those that are the very same object are not hashed again */
export function hashFiles(
  files: readonly GeneratedFile[],
  known?: WeakMap<GeneratedFile, HashedFile>,
): HashedFile[] {
  return files.map((file) => {
    const before = known?.get(file);
    if (before !== undefined) return before;
    const hashed = { ...file, hash: hashText(file.text) };
    known?.set(file, hashed);
    return hashed;
  });
}
