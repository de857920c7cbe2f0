import type { ViteDevServer } from "vite";

/** Vite's watcher tells of a change within this time, or never. */
const patience = 500;

interface Written {
  readonly file: string;
  readonly kind: "create" | "update" | "delete" | "hand-edited";
}

const events = {
  create: "add",
  update: "change",
  "hand-edited": "change",
  delete: "unlink",
} as const;

/**
 * Tells Vite of written files that its watcher overlooks: those below `node_modules`, those in `server.watch.ignored`, those on a file
 * system that announces nothing. Whatever Vite notices itself is left to it, so that nothing is updated twice.
 */
export class Nudge {
  readonly #watcher: ViteDevServer["watcher"];
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #seen = (_event: string, file: string): void => this.#forget(file.replaceAll("\\", "/"));

  constructor(watcher: ViteDevServer["watcher"]) {
    this.#watcher = watcher;
    watcher.on("all", this.#seen);
  }

  /** Whether there are files that Vite has not told of yet. */
  get isAwaiting(): boolean {
    return this.#waiting.size > 0;
  }

  expect(written: readonly Written[]): void {
    for (const { file, kind } of written) {
      this.#forget(file);
      const tell = (): void => {
        this.#forget(file);
        this.#watcher.emit(events[kind], file);
      };
      this.#waiting.set(file, setTimeout(tell, patience));
    }
  }

  close(): void {
    this.#watcher.off("all", this.#seen);
    for (const file of [...this.#waiting.keys()]) this.#forget(file);
  }

  #forget(file: string): void {
    clearTimeout(this.#waiting.get(file));
    this.#waiting.delete(file);
  }
}
