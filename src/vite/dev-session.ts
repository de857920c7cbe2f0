import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Logger, ViteDevServer } from "vite";
import type { WatchEvent } from "../watch.js";
import { ErrorBoard } from "./error-board.js";
import type { PluginSettings } from "./read-options.js";
import { HotUpdates } from "./hot/hot-updates.js";
import { joinWatch, subjectOf, type Seat } from "./shared-watch.js";
import { shownError } from "./shown-error.js";
import { Nudge } from "./nudge.js";

/** A server starts without its first run when that takes longer: a URL that does not answer, for example. */
const patience = 10_000;

/** The watch inside one dev server: logs through Vite's logger, shows errors in the page, knows which files are generated. */
export class DevSession {
  readonly server: ViteDevServer;
  readonly hot = new HotUpdates(
    (file) => this.outputOf(file) !== undefined,
    () => this.#nudge.isAwaiting,
  );
  readonly #settings: PluginSettings;
  readonly #board: ErrorBoard | null;
  readonly #nudge: Nudge;
  readonly #outputs = new Set<string>();
  readonly #failed = new Set<string>();
  #told = "";
  #isStarted = false;
  readonly #seat: Seat;

  constructor(server: ViteDevServer, settings: PluginSettings) {
    this.server = server;
    this.#settings = settings;
    this.#board = settings.overlay ? new ErrorBoard(server) : null;
    this.#nudge = new Nudge(server.watcher);
    this.#seat = joinWatch(settings.generator, (event, isReplayed) =>
      this.#take(event, isReplayed),
    );
  }

  /** Resolves when the files are there, or the log says why not. */
  async start(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((done) => (timer = setTimeout(done, patience, "late")));
    const first = await Promise.race([this.#seat.ready, late]);
    clearTimeout(timer);
    this.#isStarted = true;
    if (first === "late") this.#info("the first run is not done yet; it goes on");
  }

  /** The output directory that a file is in, by real path with forward slashes. */
  outputOf(file: string): string | undefined {
    return [...this.#outputs].find((output) => file.startsWith(`${output}/`));
  }

  async close(): Promise<void> {
    this.#nudge.close();
    this.hot.close();
    await this.#seat.leave();
  }

  #take(event: WatchEvent, isReplayed: boolean): void {
    if (event.kind === "run") this.#takeRun(event.project);
    const subject = subjectOf(event);
    if (subject === null || event.kind === "watching") return;
    if (event.kind === "config" && event.findings.length === 0) this.#board?.clear();
    const error = shownError(event.findings, this.#settings.generator.cwd);
    const healed = this.#failed.has(subject) && error === null;
    if (error === null) this.#failed.delete(subject);
    else this.#failed.add(subject);
    // Waiting is no fault in the document, and mostly the backend that restarts: the log says it, the page is left alone.
    this.#board?.set(subject, event.kind === "waiting" ? null : error);
    if (!isReplayed) this.#log(event, healed);
  }

  #takeRun({ output, changes }: Extract<WatchEvent, { kind: "run" }>["project"]): void {
    const directory = realPath(resolve(this.#settings.generator.cwd, output));
    this.#outputs.add(directory);
    // Before the server listens nobody has loaded anything.
    if (!this.#isStarted) return;
    this.#nudge.expect(
      changes.flatMap(({ path, kind }) =>
        kind === "foreign" || kind === "abandoned" ? [] : [{ file: `${directory}/${path}`, kind }],
      ),
    );
  }

  #log(event: Exclude<WatchEvent, { kind: "watching" }>, healed: boolean): void {
    const failed = event.findings.some(({ severity }) => severity === "error");
    const nothing = event.kind === "run" && !failed && event.project.changes.length === 0;
    if (event.details !== "" && event.details !== this.#told) {
      const { logger } = this.server.config;
      const { details } = event;
      if (failed && event.kind !== "waiting") logger.error(`\n${details}`);
      else logger.warn(`\n${details}`);
    }
    this.#told = event.details;
    if (!nothing || healed) this.#info(event.text);
  }

  #info(text: string): void {
    const logger: Logger = this.server.config.logger;
    logger.info(`mizan-gen: ${text}`, { timestamp: true });
  }
}

function realPath(directory: string): string {
  try {
    return realpathSync(directory).replaceAll("\\", "/");
  } catch {
    // A first run that failed has written nothing.
    return directory.replaceAll("\\", "/");
  }
}
