import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The templates in a directory, and the directories that they stand in or may appear in; none where there is no directory. */
export function templatesBelow(directory: string | undefined): {
  readonly files: readonly string[];
  readonly directories: readonly string[];
} {
  if (directory === undefined) return { files: [], directories: [] };
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    const pathOf = ({ parentPath, name }: (typeof entries)[number]): string =>
      join(parentPath, name);
    return {
      files: entries
        .filter((entry) => entry.name.endsWith(".hbs"))
        .map(pathOf)
        .sort(),
      directories: [directory, ...entries.filter((entry) => entry.isDirectory()).map(pathOf)],
    };
  } catch {
    return { files: [], directories: [directory] };
  }
}
