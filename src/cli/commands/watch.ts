import { renderText, summarize } from "../../diagnostics/render-text.js";
import { describeChanges, describeWritten } from "../describe-result.js";
import { exitCodes, type ExitCode } from "../exit-code.js";
import type { GenerateFlags } from "../flags.js";
import { loadProjects, nameFrom } from "../load-projects.js";
import { reportDiagnostics } from "../report-diagnostics.js";
import { printJsonReport } from "../report-results.js";
import type { ProjectResult } from "../run-project.js";
import { findingsOf, openProjects, type Session } from "../session.js";
import { formatTime } from "../timings.js";
import { UsageError } from "../usage-error.js";
import { changedFiles, FileWatcher, fingerprint } from "../watch/file-watcher.js";
import { Wakeup } from "../watch/wakeup.js";
import { WatchedProject } from "../watch/watched-project.js";

/** Generates, and again whenever an input changes, until a signal: Ctrl-C is the usual end (0), SIGTERM 143. */
export async function runWatch(
  session: Session,
  input: string | undefined,
  flags: GenerateFlags,
): Promise<ExitCode> {
  if (session.format === "github" || session.format === "sarif") {
    throw new UsageError("E050", `watch reports as text or json, not ${session.format}`);
  }
  const wakeup = new Wakeup();
  const stop = stopOnSignal(wakeup.notify);
  const watcher = new FileWatcher(wakeup.notify, flags.poll ?? false);
  try {
    const loaded = await openProjects(session, input, flags);
    if (loaded.projects.some((project) => project.input === "-")) {
      throw new UsageError("E050", "watch cannot read the document from standard input");
    }
    const configFiles = loaded.configFile === undefined ? [] : [loaded.configFile];
    let config = fingerprint(configFiles);
    const options = {
      cwd: session.cwd,
      force: flags.force ?? false,
      isCancelled: () =>
        stop.signal !== undefined || changedFiles(config, fingerprint(configFiles)).length > 0,
    };
    const watched = (projects: typeof loaded.projects): WatchedProject[] =>
      projects.map((project) => new WatchedProject(project, options));
    let projects = watched(loaded.projects);
    let first = true;

    while (stop.signal === undefined) {
      watcher.watch(
        [...configFiles, ...projects.flatMap((project) => project.files)],
        projects.flatMap((project) => project.directories),
      );
      const now = fingerprint(configFiles);
      if (changedFiles(config, now).length > 0) {
        config = now;
        try {
          const reloaded = await loadProjects({ cwd: session.cwd, input, flags, fresh: true });
          projects = watched(reloaded.projects);
          announce(session, `${nameFrom(session.cwd, configFiles[0] ?? "")} changed`);
        } catch (error) {
          reportDiagnostics([findingsOf(error)], session.terminal, session.report);
          announce(session, "the config has errors; the one before stays in force");
        }
        continue;
      }
      let idle = true;
      for (const project of projects) {
        if (options.isCancelled()) break;
        const turn = await project.turn();
        if (turn.kind === "nothing") continue;
        idle = false;
        if (turn.kind === "waiting") showWaiting(session, project, turn.diagnostics);
        else if (turn.kind === "run") showRun(session, turn.result, turn.changed, flags);
      }
      if (first && stop.signal === undefined) {
        announce(
          session,
          `watching ${projects.map(({ project }) => project.emit.source).join(", ")}`,
        );
        first = false;
      }
      // After a run look once more: something may have changed while it ran.
      if (!idle || options.isCancelled()) continue;
      const due = Math.min(...projects.map((project) => project.due)) - performance.now();
      await wakeup.wait(Math.max(0, due));
    }
    // Ctrl-C is how a watch ends.
    return stop.signal === "SIGINT" ? exitCodes.ok : exitCodes.terminated;
  } finally {
    watcher.close();
    stop.close();
  }
}

function showRun(
  session: Session,
  result: ProjectResult,
  changed: readonly string[],
  flags: GenerateFlags,
): void {
  const { terminal, report } = session;
  reportDiagnostics([result], terminal, report);
  if (session.format === "json") {
    const value: unknown = JSON.parse(printJsonReport([result], [result]));
    terminal.out(`${JSON.stringify(value)}\n`);
    return;
  }
  const cause = changed.map((file) => nameFrom(session.cwd, file)).join(", ");
  const what =
    result.status === "failed"
      ? `${summarize(result.diagnostics)}; the last good output stays`
      : `${describeChanges(result)} (${formatTime(result.timings.total)})`;
  announce(
    session,
    cause === "" && result.status !== "failed"
      ? describeWritten(result, false)
      : `${cause === "" ? result.source : `${cause} changed`}: ${what}`,
  );
  if (flags.verbose) announce(session, result.timings.toString());
}

function showWaiting(
  session: Session,
  { project }: WatchedProject,
  diagnostics: ProjectResult["diagnostics"],
): void {
  if (session.format === "text" && !session.report.quiet) {
    session.terminal.err(renderText(diagnostics, { color: session.report.color }));
  }
  announce(session, `waiting for ${project.emit.source}`);
}

function announce({ terminal, format, report }: Session, text: string): void {
  if (format === "text" && !report.quiet) {
    terminal.out(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
  }
}

interface Stop {
  /** The signal that came, if one came. */
  signal: "SIGINT" | "SIGTERM" | "SIGHUP" | undefined;
  close(): void;
}

function stopOnSignal(notify: () => void): Stop {
  const stop: Stop = { signal: undefined, close };
  const listeners = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => {
    const listener = (): void => {
      // The second one means: at once.
      if (stop.signal !== undefined) {
        close();
        process.kill(process.pid, signal);
      }
      stop.signal = signal;
      notify();
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  function close(): void {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  }
  return stop;
}
