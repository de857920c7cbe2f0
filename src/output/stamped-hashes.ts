import type { Stats } from "node:fs";

/** File systems note times in steps: of a file that changed this recently, a further change may leave no trace. */
const settling = 3000;

/**
 * Hashes of files as they were read last, each with what the file system said of the file then. As long as it says the same, the file
 * need not be read again: `ctime` moves with every change, and no program can set it. Of one directory, for a watch.
 */
export class StampedHashes {
  readonly #known = new Map<string, { readonly stamp: Stamp; readonly hash: string }>();

  /** The hash of the file at `path`, if it is surely what it was. */
  get(path: string, stats: Stats): string | undefined {
    const known = this.#known.get(path);
    return known !== undefined && isAsStamped(stats, known.stamp) ? known.hash : undefined;
  }

  /** @param stats taken before the file was read */
  set(path: string, stats: Stats, hash: string, now = Date.now()): void {
    if (Math.abs(now - stats.ctimeMs) < settling) this.#known.delete(path);
    else this.#known.set(path, { stamp: stampOf(stats), hash });
  }

  /** Forgets the files that the directory has no more. */
  keep(paths: ReadonlyMap<string, unknown>): void {
    if (this.#known.size <= paths.size) return;
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path);
  }
}

type Stamp = Pick<Stats, "dev" | "ino" | "size" | "mtimeMs" | "ctimeMs">;

/** The numbers alone: to make a text of them for each file costs as much as to ask for them. */
function stampOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): Stamp {
  return { dev, ino, size, mtimeMs, ctimeMs };
}

function isAsStamped(stats: Stats, stamp: Stamp): boolean {
  return (
    stats.ctimeMs === stamp.ctimeMs &&
    stats.mtimeMs === stamp.mtimeMs &&
    stats.size === stamp.size &&
    stats.ino === stamp.ino &&
    stats.dev === stamp.dev
  );
}
