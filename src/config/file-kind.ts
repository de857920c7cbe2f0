import { statSync } from "node:fs";

/**
 * What stands at a path, links followed. A path that cannot be looked at (a file in place of a directory, a circle of links, a name that
 * is too long) is as good as missing: whoever writes there will say why it cannot be.
 */
export function fileKind(path: string): "file" | "directory" | "other" | "missing" {
  try {
    const stats = statSync(path);
    if (stats.isFile()) return "file";
    return stats.isDirectory() ? "directory" : "other";
  } catch {
    return "missing";
  }
}
