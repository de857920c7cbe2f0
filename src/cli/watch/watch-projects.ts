import type { Project } from "../../config/resolve-project.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ContractChange } from "../../diff/contract-change.js";
import type { LoadedProjects } from "../load-projects.js";
import type { Findings } from "../report-diagnostics.js";
import type { ProjectResult } from "../run-project.js";
import { findingsOf } from "../session.js";
import { UsageError } from "../usage-error.js";
import { comeToRest } from "./come-to-rest.js";
import { changedFiles, contentOf, FileWatcher, type Content } from "./file-watcher.js";
import { Wakeup } from "./wakeup.js";
import { WatchedProject } from "./watched-project.js";

export interface WatchOptions {
  readonly cwd: string;
  /** What to watch: asked at the start, and with `fresh` whenever the config file has changed. */
  readonly load: (fresh: boolean) => Promise<LoadedProjects>;
  readonly force: boolean;
  /** Look at the files every now and then, where changes are not announced. */
  readonly poll: boolean;
  /** Ends the watch. A run that is under way stops before it writes, or is done with writing first. */
  readonly signal: AbortSignal;
}

export type WatchEvent =
  | {
      readonly kind: "run";
      readonly project: Project;
      readonly result: ProjectResult;
      /** Paths and URLs whose change caused the run; none for the first. */
      readonly changed: readonly string[];
      /** What is new in the contract since the last run without errors. */
      readonly contract: readonly ContractChange[];
    }
  /** The URL of a project gives no document at the moment. */
  | {
      readonly kind: "waiting";
      readonly project: Project;
      readonly diagnostics: readonly Diagnostic[];
    }
  /** Every project had its first turn. */
  | { readonly kind: "watching"; readonly projects: readonly Project[] }
  /** The config file has changed; with `failed` it has errors, and the one before stays in force. */
  | { readonly kind: "config"; readonly file: string; readonly failed?: Findings | undefined };

/**
 * Generates, and again whenever an input changes, until the signal is aborted. Resolves when nothing is open any more.
 * @throws UsageError when the projects cannot be loaded at the start
 */
export async function watchProjects(
  options: WatchOptions,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  const { cwd, force, signal } = options;
  const wakeup = new Wakeup();
  const watcher = new FileWatcher(wakeup.notify, options.poll);
  signal.addEventListener("abort", wakeup.notify);
  try {
    const loaded = await loadWatchable(options, false);
    const configFiles = loaded.configFile === undefined ? [] : [loaded.configFile];
    let config = contentOf(configFiles);
    const isCancelled = (): boolean =>
      signal.aborted || changedFiles(config, contentOf(configFiles)).length > 0;
    const watched = (found: LoadedProjects): WatchedProject[] =>
      found.projects.map((project) => new WatchedProject(project, { cwd, force, isCancelled }));
    let projects = watched(loaded);
    let first = true;

    while (!signal.aborted) {
      watcher.watch(
        [...configFiles, ...projects.flatMap((project) => project.files)],
        projects.flatMap((project) => project.directories),
      );
      const look = (): Content => contentOf(configFiles);
      let now = look();
      // Half of a config may be one too.
      if (changedFiles(config, now).length > 0) now = await comeToRest(now, look);
      const [file] = changedFiles(config, now);
      if (file !== undefined) {
        config = now;
        try {
          projects = watched(await loadWatchable(options, true));
          onEvent({ kind: "config", file });
        } catch (error) {
          onEvent({ kind: "config", file, failed: findingsOf(error) });
        }
        continue;
      }
      let idle = true;
      for (const one of projects) {
        if (isCancelled()) break;
        const turn = await one.turn();
        if (turn.kind === "nothing") continue;
        idle = false;
        if (turn.kind !== "overtaken") onEvent({ ...turn, project: one.project });
      }
      if (first && projects.every((one) => one.hadTurn)) {
        onEvent({ kind: "watching", projects: projects.map(({ project }) => project) });
        first = false;
      }
      // After a run look once more: something may have changed while it ran.
      if (!idle || isCancelled()) continue;
      for (const one of projects) await one.rehearse(() => wakeup.isPending || isCancelled());
      const due = Math.min(...projects.map((project) => project.due)) - performance.now();
      await wakeup.wait(Math.max(0, due));
    }
  } finally {
    watcher.close();
    signal.removeEventListener("abort", wakeup.notify);
  }
}

async function loadWatchable({ load }: WatchOptions, fresh: boolean): Promise<LoadedProjects> {
  const loaded = await load(fresh);
  refuseStandardInput(loaded);
  return loaded;
}

/** @throws UsageError E050 */
export function refuseStandardInput({ projects }: LoadedProjects): void {
  if (projects.some((project) => project.input === "-")) {
    throw new UsageError("E050", "watch cannot read the document from standard input");
  }
}
