import { hashLfText } from "./hash-text.js";
import type { Manifest } from "./manifest.js";
import { outputReader } from "./output-state.js";

/** Whether every file that the manifest lists is on disk as it was written, line ends aside. */
export function filesAreAsWritten(directory: string, { files }: Manifest): boolean {
  const read = outputReader(directory);
  for (const [path, hash] of files) {
    const found = read(path);
    if (typeof found === "string" || hashLfText(found) !== hash) return false;
  }
  return true;
}
