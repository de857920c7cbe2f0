import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { systemCode } from "./output-error.js";

/**
 * The operations that change the disk. Synchronous: for many small files that costs a third of the asynchronous ones.
 * Tests pass their own, to fail at each of them in turn.
 */
export interface FileOperations {
  readonly write: (path: string, content: string | Buffer) => void;
  readonly rename: (from: string, to: string) => void;
  /** Removes a file; one that is not there is no error. */
  readonly remove: (path: string) => void;
  /** Returns false when the directory was there already. */
  readonly makeFolder: (path: string) => boolean;
  /** Fails when the directory is not empty. */
  readonly removeFolder: (path: string) => void;
  /** Names in a directory. */
  readonly list: (path: string) => readonly string[];
}

export const nodeFileOperations: FileOperations = {
  write: (path, content) => writeFileSync(path, content),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => {
    try {
      mkdirSync(path);
      return true;
    } catch (error) {
      if (systemCode(error) === "EEXIST") return false;
      throw error;
    }
  },
  removeFolder: (path) => rmdirSync(path),
  list: (path) => readdirSync(path),
};
