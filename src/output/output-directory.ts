import { mkdirSync, realpathSync, rmdirSync, statSync, type Stats } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { OutputError, systemCode, systemReason } from "./output-error.js";

/**
 * The real path of an output directory, which need not exist yet. The generator owns this directory and removes what it once wrote
 * there, so the ones that can only be a slip are refused: the root, the home directory, each of `protectedDirectories` (the current
 * one, the project's), and whatever lies above one of these.
 *
 * @param directory absolute
 * @throws OutputError E054
 */
export function resolveOutputDirectory(
  directory: string,
  protectedDirectories: readonly string[],
): string {
  const real = realPath(directory);
  const own = look(real);
  for (const kept of [homedir(), ...protectedDirectories]) {
    for (let path = realPath(kept); ; path = dirname(path)) {
      if (path === real || isSame(own, path)) {
        throw new OutputError(
          "E054",
          `the output directory ${JSON.stringify(directory)} is ${describe(path, kept)}`,
          'give the generated files a directory of their own, such as "src/mizan"',
        );
      }
      if (path === dirname(path)) break;
    }
  }
  return real;
}

function describe(path: string, kept: string): string {
  if (path === dirname(path)) return "the root of the file system";
  const name = kept === homedir() ? "the home directory" : "the current or the project's directory";
  return path === realPath(kept) ? name : `above ${name}`;
}

/** Names alone do not tell on a file system that ignores case. */
function isSame(own: Stats | undefined, path: string): boolean {
  if (own === undefined) return false;
  const other = look(path);
  return other !== undefined && own.ino !== 0 && own.ino === other.ino && own.dev === other.dev;
}

/** Undefined for what cannot be looked at: whoever writes there will say why. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Links resolved as far as the path exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const above = dirname(path);
    if (above === path || systemCode(error) === "ELOOP") {
      throw new OutputError(
        "E055",
        `cannot write to ${JSON.stringify(path)}: ${systemReason(error)}`,
      );
    }
    return join(realPath(above), basename(path));
  }
}

/**
 * Creates the output directory where needed.
 *
 * @returns a function that removes what was created, as far as it is empty
 * @throws OutputError E055
 */
export function makeOutputDirectory(directory: string): () => void {
  let first: string | undefined;
  try {
    first = mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new OutputError(
      "E055",
      `cannot create the output directory ${JSON.stringify(directory)}: ${systemReason(error)}`,
    );
  }
  return () => {
    if (first === undefined) return;
    try {
      for (let path = directory; path.length >= first.length; path = dirname(path)) rmdirSync(path);
    } catch {
      // Somebody has put something there in the meantime.
    }
  };
}
