import { existsSync, mkdirSync, renameSync } from "node:fs";
import { workspace } from "./measure.mjs";

let count = 0;

/**
 * Moves an output out of the way, so that the next run writes into an empty directory. It is not deleted: ext4 does not reuse an inode
 * for some seconds after its file was removed, and looks through all of those for each new file.
 */
export function freshFolder(folder) {
  const attic = `${workspace}earlier/`;
  mkdirSync(attic, { recursive: true });
  if (existsSync(folder)) renameSync(folder, `${attic}${++count}`);
}
