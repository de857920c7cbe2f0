import { readFileSync, realpathSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname } from "node:path";

const pollInterval = 300;

/**
 * Tells when files may have changed. It watches their directories (a watched file goes deaf when an editor replaces it), and the
 * nearest directory that exists where theirs is gone. What has really changed only the content tells: `contentOf`.
 */
export class FileWatcher {
  readonly #notify: () => void;
  readonly #poll: boolean;
  #files: readonly string[] = [];
  #watchers = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>();
  #timer: NodeJS.Timeout | undefined;
  #stamps = "";

  /** @param poll look at the files every now and then, as some network and container file systems announce nothing */
  constructor(notify: () => void, poll: boolean) {
    this.#notify = notify;
    this.#poll = poll;
  }

  /**
   * Watches these files from now on, and no others. Call it again after a change: directories come and go.
   *
   * @param directories in which files may appear that are worth a look
   */
  watch(files: readonly string[], directories: readonly string[] = []): void {
    this.#files = [...files, ...directories];
    if (this.#poll) return this.#startPolling();
    const wanted = new Map<string, number>();
    const watched = [...files.flatMap(watchedDirectories), ...directories.map(existingDirectory)];
    for (const directory of watched) {
      const inode = statSync(directory, { throwIfNoEntry: false })?.ino;
      if (inode !== undefined) wanted.set(directory, inode);
    }
    for (const [directory, { watcher, inode }] of this.#watchers) {
      if (wanted.get(directory) === inode) continue;
      watcher.close();
      this.#watchers.delete(directory);
    }
    for (const [directory, inode] of wanted) {
      if (!this.#watchers.has(directory)) this.#open(directory, inode);
    }
  }

  close(): void {
    for (const { watcher } of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    clearInterval(this.#timer);
  }

  #open(directory: string, inode: number): void {
    try {
      const watcher = watch(directory, { persistent: true }, () => this.#notify());
      // The directory was removed, or the system ran out of watches.
      watcher.on("error", () => {
        this.#watchers.delete(directory);
        this.#startPolling();
        this.#notify();
      });
      this.#watchers.set(directory, { watcher, inode });
    } catch {
      this.#startPolling();
    }
  }

  #startPolling(): void {
    this.#timer ??= setInterval(() => {
      const stamps = stampsOf(this.#files);
      if (stamps !== this.#stamps) this.#notify();
      this.#stamps = stamps;
    }, pollInterval);
  }
}

export const missing = "missing";

/** Content of files by path, to compare: to hash it takes several times as long. */
export type Content = ReadonlyMap<string, Uint8Array | typeof missing>;

export function contentOf(files: readonly string[]): Content {
  return new Map(files.map((file) => [file, bytesOf(file)]));
}

/** Files that differ, or are on one side only. */
export function changedFiles(before: Content, after: Content): string[] {
  const files = new Set([...before.keys(), ...after.keys()]);
  return [...files].filter((file) => !isSame(before.get(file), after.get(file)));
}

function isSame(a: Uint8Array | string | undefined, b: Uint8Array | string | undefined): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b;
}

function bytesOf(file: string): Uint8Array | typeof missing {
  try {
    return readFileSync(file);
  } catch {
    return missing;
  }
}

/** The directory of the file and, through a symbolic link, that of the file it stands for. */
function watchedDirectories(file: string): string[] {
  const directories = [existingDirectory(dirname(file))];
  try {
    directories.push(dirname(realpathSync(file)));
  } catch {
    // Not there at the moment.
  }
  return directories;
}

function existingDirectory(directory: string): string {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return directory;
  const above = dirname(directory);
  return above === directory ? directory : existingDirectory(above);
}

/** What the file system says of files: as long as it says the same, they are most likely the same. */
export function stampsOf(files: readonly string[]): string {
  return files.map(stampOf).join();
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined
    ? missing
    : `${stats.ino}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`;
}
