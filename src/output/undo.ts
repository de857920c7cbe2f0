import { dirname, join } from "node:path";
import type { FileOperations } from "./file-operations.js";
import { temporaryPath } from "./journal.js";

/** Remembers what was changed, to put it back in reverse order when a later step fails. */
export class Undo {
  readonly #operations: FileOperations;
  readonly #token: string;
  readonly #steps: (() => void)[] = [];
  readonly #created: string[] = [];

  constructor(operations: FileOperations, token: string) {
    this.#operations = operations;
    this.#token = token;
  }

  /** A file that must not stay, temporary ones above all: removed first, which makes room on a full disk. */
  created(path: string): void {
    this.#created.push(path);
  }

  createdFolder(path: string): void {
    this.#steps.push(() => this.#operations.removeFolder(path));
  }

  /** `before` is undefined when there was no file. */
  replaced(path: string, before: Buffer | undefined): void {
    if (before === undefined) this.#steps.push(() => this.#operations.remove(path));
    else this.removed(path, before);
  }

  removed(path: string, before: Buffer | undefined): void {
    if (before === undefined) return;
    this.#steps.push(() => {
      const temporary = join(dirname(path), temporaryPath(this.#token, "undo", ""));
      try {
        this.#operations.write(temporary, before);
        this.#operations.rename(temporary, path);
      } catch (error) {
        this.#operations.remove(temporary);
        throw error;
      }
    });
  }

  /** Returns whether everything is as it was. */
  run(): boolean {
    // The journal is the first entry; it stays until all is put back.
    const [journal, ...temporaries] = this.#created;
    const results = [
      ...temporaries.map((path) => this.#attempt(() => this.#operations.remove(path))),
      ...this.#steps.reverse().map((step) => this.#attempt(step)),
    ];
    if (!results.every(Boolean)) return false;
    return journal === undefined || this.#attempt(() => this.#operations.remove(journal));
  }

  #attempt(step: () => void): boolean {
    try {
      step();
      return true;
    } catch {
      return false;
    }
  }
}
