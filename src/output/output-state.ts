import { lstatSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { hashLfText } from "./hash-text.js";
import { isJournalName, isTemporaryName, parseJournal, type Journal } from "./journal.js";
import type { KnownManifest } from "./known-manifest.js";
import { manifestName, parseManifest, type Manifest } from "./manifest.js";
import { OutputError, systemCode, systemReason } from "./output-error.js";
import { lockName } from "./output-lock.js";
import { folderOf } from "./output-path.js";
import type { Found } from "./plan-changes.js";
import type { StampedHashes } from "./stamped-hashes.js";

/** What earlier runs left in an output directory. */
export interface OutputState {
  readonly manifest: Manifest | null;
  readonly manifestText: string | null;
  /** Why the manifest is not used, for a warning. */
  readonly problem: "damaged" | "newer" | null;
  /** Another run is at work, or was killed while it held the lock. */
  readonly locked: boolean;
  /** A run was killed: there are journals or temporary files. */
  readonly debris: boolean;
  /** Journals of runs that were killed while they wrote. */
  readonly journals: readonly Journal[];
  /** Hashes under which earlier runs may have left a file, by path. */
  readonly owned: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the manifest and the journals of an output directory, which need not exist.
 *
 * @param known the manifest that a watch has read last
 */
export function readOutputState(directory: string, known?: KnownManifest): OutputState {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw unreadable(directory, error);
    names = [];
  }
  const journals = names
    .filter(isJournalName)
    .sort()
    .map((name) => parseJournal(name, readText(join(directory, name)) ?? ""));
  const manifestText = names.includes(manifestName)
    ? readText(join(directory, manifestName))
    : null;
  const reading =
    manifestText === null ? null : (known?.read(manifestText) ?? parseManifest(manifestText));

  const owned = new Map<string, string[]>();
  const own = (path: string, hash: string): void => {
    const hashes = owned.get(path);
    if (hashes === undefined) owned.set(path, [hash]);
    else hashes.push(hash);
  };
  if (reading?.state === "ok") reading.manifest.files.forEach((hash, path) => own(path, hash));
  if (reading?.state === "damaged") {
    reading.files.forEach((hashes, path) => hashes.forEach((hash) => own(path, hash)));
  }
  for (const journal of journals) journal.files.forEach((hash, path) => own(path, hash));
  return {
    manifest: reading?.state === "ok" ? reading.manifest : null,
    manifestText,
    problem: reading === null || reading.state === "ok" ? null : reading.state,
    locked: names.includes(lockName),
    debris: names.some((name) => isJournalName(name) || isTemporaryName(name)),
    journals,
    owned,
  };
}

/**
 * A reader of what stands at paths of the output directory. It never follows a symbolic link to a directory inside it: what is
 * written through one would leave the directory.
 *
 * @param known what a watch knows from its last run
 */
export function outputReader(directory: string, known?: StampedHashes): (path: string) => Found {
  const folders = new Map<string, "directory" | "missing" | "other">();

  function folderState(folder: string): "directory" | "missing" | "other" {
    if (folder === "") return "directory";
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const above = folderState(folderOf(folder));
    const state = above === "directory" ? lookAt(folder) : above;
    folders.set(folder, state);
    return state;
  }

  function lookAt(folder: string): "directory" | "missing" | "other" {
    const stats = lstatSync(join(directory, folder), { throwIfNoEntry: false });
    if (stats === undefined) return "missing";
    if (stats.isSymbolicLink()) {
      throw new OutputError(
        "E055",
        `${JSON.stringify(folder)} in the output directory is a symbolic link, and nothing is written through it`,
        "replace the link by a directory",
      );
    }
    return stats.isDirectory() ? "directory" : "other";
  }

  return (path) => {
    try {
      const state = folderState(folderOf(path));
      if (state !== "directory") return state;
      // As `join` would have it, for a path that is as plain as these are.
      const file = directory + sep + path;
      // A named pipe would block for ever, so look before reading.
      const stats = statSync(file, { throwIfNoEntry: false });
      if (stats === undefined) {
        return lstatSync(file, { throwIfNoEntry: false }) === undefined ? "missing" : "other";
      }
      if (!stats.isFile()) return "other";
      const hash = known?.get(path, stats);
      if (hash !== undefined) return { hash, read: () => readFileSync(file) };
      const bytes = readFileSync(file);
      const found = { hash: hashLfText(bytes), read: () => bytes };
      known?.set(path, stats, found.hash);
      return found;
    } catch (error) {
      throw error instanceof OutputError ? error : unreadable(path, error);
    }
  };
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw unreadable(file, error);
  }
}

function unreadable(path: string, error: unknown): OutputError {
  return new OutputError("E055", `cannot read ${JSON.stringify(path)}: ${systemReason(error)}`);
}
