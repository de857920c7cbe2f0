import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bytes of generated code for each operation: everything but the files and folders that hold types or the runtime. */
export function codePerOperation(folder, { types = [], runtime = [] }, operations) {
  const left = new Set([...types, ...runtime]);
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const [first] = path.slice(folder.length + 1).split(/[\\/]/);
    if (!left.has(first)) bytes += statSync(path).size;
  }
  return Math.round(bytes / operations);
}
