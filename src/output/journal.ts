import { hashText } from "./hash-text.js";
import { folderOf, isOutputPath } from "./output-path.js";
import type { Change } from "./plan-changes.js";

/**
 * What a run is about to write, noted before the first change and removed after the last. A run that was killed leaves it behind, and
 * the next one knows by it which files are ours though no manifest lists them.
 */
export interface Journal {
  readonly name: string;
  readonly token: string;
  /** Output path to the hash of its new text, in the order of writing. */
  readonly files: ReadonlyMap<string, string>;
}

const namePattern = /^\.mizan-gen\.([0-9a-f]{16})\.journal$/;

export function isJournalName(name: string): boolean {
  return namePattern.test(name);
}

export function journalName(token: string): string {
  return `.mizan-gen.${token}.journal`;
}

/** A temporary file beside its target. Its name does not grow with the target's. */
export function temporaryPath(token: string, index: number | "undo", target: string): string {
  const folder = folderOf(target);
  return `${folder === "" ? "" : `${folder}/`}.mizan-gen.${token}.${index}.tmp`;
}

/** Names of temporary files of any run, those of a broken lock included. */
export function isTemporaryName(name: string): boolean {
  return name.startsWith(".mizan-gen.") && name.endsWith(".tmp");
}

/** Removed files are listed with an empty hash, so that the next run looks after their folders. */
export function printJournal(written: readonly Change[], removed: readonly Change[]): string {
  return `${JSON.stringify([
    ...written.map(({ path, text = "" }) => [path, hashText(text)]),
    ...removed.map(({ path }) => [path, ""]),
  ])}\n`;
}

/** A journal that does not parse was cut off while it was written, before anything else changed: it lists nothing. */
export function parseJournal(name: string, text: string): Journal {
  const token = namePattern.exec(name)?.[1] ?? "";
  const files = new Map<string, string>();
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    entries = [];
  }
  for (const entry of Array.isArray(entries) ? (entries as readonly unknown[]) : []) {
    if (!Array.isArray(entry)) continue;
    const [path, hash] = entry as readonly unknown[];
    if (typeof path === "string" && typeof hash === "string" && isOutputPath(path)) {
      files.set(path, hash);
    }
  }
  return { name, token, files };
}
