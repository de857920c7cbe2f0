import type { Manifest } from "./manifest.js";
import { outputReader } from "./output-state.js";
import type { StampedHashes } from "./stamped-hashes.js";

/** Whether every file that the manifest lists is on disk as it was written, line ends aside. */
export function filesAreAsWritten(
  directory: string,
  { files }: Manifest,
  known?: StampedHashes,
): boolean {
  const look = outputReader(directory, known);
  for (const [path, hash] of files) {
    const found = look(path);
    if (typeof found === "string" || found.hash !== hash) return false;
  }
  return true;
}
