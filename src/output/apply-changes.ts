import { randomBytes } from "node:crypto";
import { basename, join } from "node:path";
import { quote } from "../diagnostics/quote.js";
import { nodeFileOperations, type FileOperations } from "./file-operations.js";
import {
  isTemporaryName,
  journalName,
  printJournal,
  temporaryPath,
  type Journal,
} from "./journal.js";
import { manifestName } from "./manifest.js";
import { OutputError, systemReason } from "./output-error.js";
import { folderOf } from "./output-path.js";
import type { Change, Plan } from "./plan-changes.js";
import { Undo } from "./undo.js";

export interface ApplyInput {
  /** Real path of the output directory, which exists and is locked. */
  readonly directory: string;
  readonly plan: Plan;
  /** The new text of the manifest, or null when the one on disk says the same. */
  readonly manifestText: string | null;
  /** Journals of killed runs, found when the plan was made. */
  readonly journals: readonly Journal[];
}

/**
 * Makes the disk what the plan says. Every text is first written to a temporary file, so that a full disk or a missing permission is
 * met before anything has changed; then the files are renamed into place, dependencies before the `index.ts` that imports them, then
 * leftovers are removed, and the manifest comes last. A failure on the way puts back what was changed. A kill at any moment leaves
 * whole files, and a journal by which the next run completes the work.
 *
 * @throws OutputError E055 when the operating system refuses
 */
export function applyChanges(
  { directory, plan, manifestText, journals }: ApplyInput,
  operations: FileOperations = nodeFileOperations,
): void {
  const token = randomBytes(8).toString("hex");
  const written = inWritingOrder(plan.changes.filter(isWritten));
  const removed = plan.changes.filter((change) => change.kind === "delete");
  const at = (path: string): string => join(directory, path);
  const texts = written.map(({ path, text = "" }) => ({ path, text }));
  if (manifestText !== null) texts.push({ path: manifestName, text: manifestText });
  const collides = caseCollisions(written);

  const journal = at(journalName(token));
  const undo = new Undo(operations, token);
  let current = journal;
  try {
    undo.created(journal);
    operations.write(journal, printJournal(written, removed));
    makeFolders(directory, texts, undo, operations, (path) => (current = path));
    texts.forEach(({ path, text }, index) => {
      current = at(path);
      const temporary = at(temporaryPath(token, index, path));
      undo.created(temporary);
      operations.write(temporary, text);
    });

    const remove = ({ path, before }: Change): void => {
      current = at(path);
      operations.remove(current);
      undo.removed(current, before);
    };
    const before = new Map(written.map((change) => [change.path, change.before]));
    // `User.ts` before `user.ts` is created: for some file systems they are one file.
    removed.filter((change) => collides(change.path)).forEach(remove);
    const put = (path: string, index: number): void => {
      current = at(path);
      operations.rename(at(temporaryPath(token, index, path)), current);
      undo.replaced(current, before.get(path));
    };
    written.forEach(({ path }, index) => put(path, index));
    removed.filter((change) => !collides(change.path)).forEach(remove);
    if (manifestText !== null) put(manifestName, written.length);
  } catch (error) {
    const restored = undo.run();
    throw new OutputError(
      "E055",
      `cannot write ${quote(nameOf(directory, current))}: ${systemReason(error)}`,
      restored
        ? "nothing was changed; remove the obstacle and run again"
        : "some files are new and some are old, each of them whole; remove the obstacle and run again",
    );
  }
  tidy(directory, removed, journals, journal, operations);
}

function isWritten(change: Change): boolean {
  return ["create", "update", "hand-edited", "foreign"].includes(change.kind);
}

/** Every file before the index of its folder, and the folder's index before that of the folder above. */
function inWritingOrder(changes: readonly Change[]): readonly Change[] {
  const rank = (path: string): number => {
    if (path !== "index.ts" && !path.endsWith("/index.ts")) return 0;
    return 1000 - path.split("/").length;
  };
  return [...changes].sort((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1));
}

function caseCollisions(written: readonly Change[]): (path: string) => boolean {
  const created = new Set(written.map((change) => change.path.toLowerCase()));
  return (path) => created.has(path.toLowerCase());
}

function makeFolders(
  directory: string,
  targets: readonly { readonly path: string }[],
  undo: Undo,
  operations: FileOperations,
  attempt: (path: string) => void,
): void {
  const known = new Set([""]);
  const make = (folder: string): void => {
    if (known.has(folder)) return;
    known.add(folder);
    make(folderOf(folder));
    const path = join(directory, folder);
    attempt(path);
    if (operations.makeFolder(path)) undo.createdFolder(path);
  };
  targets.forEach(({ path }) => make(folderOf(path)));
}

/** What is left to do when the tree is already right. A failure here harms nothing and is the next run's business. */
function tidy(
  directory: string,
  removed: readonly Change[],
  journals: readonly Journal[],
  journal: string,
  operations: FileOperations,
): void {
  const quietly = (action: () => void): void => {
    try {
      action();
    } catch {
      // The next run tries again.
    }
  };
  const swept = foldersOf([manifestName, ...journals.flatMap(({ files }) => [...files.keys()])]);
  for (const folder of swept) {
    quietly(() => {
      for (const name of operations.list(join(directory, folder))) {
        if (isTemporaryName(name)) operations.remove(join(directory, folder, name));
      }
    });
  }
  // Deepest first; a folder that is not empty refuses, and so do those above it.
  const emptied = new Set([...foldersOf(removed.map((change) => change.path)), ...swept]);
  emptied.delete("");
  [...emptied]
    .sort((a, b) => b.split("/").length - a.split("/").length)
    .forEach((folder) => quietly(() => operations.removeFolder(join(directory, folder))));
  for (const { name } of journals) quietly(() => operations.remove(join(directory, name)));
  quietly(() => operations.remove(journal));
}

/** All folders on the way to the paths, the output directory (`""`) included. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) {
      folders.add(folder);
    }
  }
  return folders;
}

/** A path as messages call it; the journal is of no interest to a reader, its directory is. */
function nameOf(directory: string, path: string): string {
  const inside = path.slice(directory.length + 1).replaceAll("\\", "/");
  return inside.endsWith(".journal") ? basename(directory) : inside;
}
