import { renderText } from "../../diagnostics/render-text.js";
import { describeChange } from "../../diff/describe-change.js";
import { exitCodes, type ExitCode } from "../exit-code.js";
import type { GenerateFlags } from "../flags.js";
import { loadProjects } from "../load-projects.js";
import type { Findings } from "../report-diagnostics.js";
import { printJsonReport } from "../report-results.js";
import { openProjects, type Session } from "../session.js";
import { UsageError } from "../usage-error.js";
import { describeContract, describeEvent } from "../watch/describe-run.js";
import { growHeapFreely } from "../watch/spacious-heap.js";
import { UnseenFindings } from "../watch/unseen-findings.js";
import { watchProjects, type WatchEvent } from "../watch/watch-projects.js";

/** Generates, and again whenever an input changes, until a signal: Ctrl-C is the usual end (0), SIGTERM 143. */
export async function runWatch(
  session: Session,
  input: string | undefined,
  flags: GenerateFlags,
): Promise<ExitCode> {
  if (session.format === "github" || session.format === "sarif") {
    throw new UsageError("E050", `watch reports as text or json, not ${session.format}`);
  }
  growHeapFreely();
  const stop = stopOnSignal();
  const unseen = new UnseenFindings();
  try {
    await watchProjects(
      {
        cwd: session.cwd,
        load: (fresh) =>
          fresh
            ? loadProjects({ cwd: session.cwd, input, flags, fresh })
            : openProjects(session, input, flags),
        force: flags.force ?? false,
        poll: flags.poll ?? false,
        signal: stop.aborted,
      },
      (event) => showEvent(session, event, flags, unseen),
    );
    // Ctrl-C is how a watch ends.
    return stop.signal === "SIGINT" ? exitCodes.ok : exitCodes.terminated;
  } finally {
    stop.close();
  }
}

function showEvent(
  session: Session,
  event: WatchEvent,
  flags: GenerateFlags,
  unseen: UnseenFindings,
): void {
  switch (event.kind) {
    case "run":
      return showRun(session, event, flags, unseen);
    case "waiting":
      return showWaiting(session, event);
    case "watching":
      return announce(session, describeEvent(event, session.cwd));
    case "config":
      if (event.failed !== undefined) showFindings(session, event.failed);
      return announce(session, describeEvent(event, session.cwd));
  }
}

function showRun(
  session: Session,
  event: Extract<WatchEvent, { kind: "run" }>,
  flags: GenerateFlags,
  unseen: UnseenFindings,
): void {
  const { terminal, report } = session;
  const { result, contract } = event;
  if (session.format === "json") {
    const more = { contract: contract.map(describeChange) };
    const value: unknown = JSON.parse(printJsonReport([result], [result], { more }));
    terminal.out(`${JSON.stringify(value)}\n`);
    return;
  }
  // A run that found nothing to do has not looked for warnings.
  if (result.status !== "current") {
    showFindings(session, { ...result, diagnostics: unseen.of(result.output, result.diagnostics) });
  }
  announce(session, describeEvent(event, session.cwd));
  if (!report.quiet) {
    for (const line of describeContract(contract)) terminal.out(`${margin}${line}\n`);
  }
  if (flags.verbose && !report.quiet) terminal.out(`${margin}${result.timings.toString()}\n`);
}

function showWaiting(session: Session, event: Extract<WatchEvent, { kind: "waiting" }>): void {
  if (session.format === "text" && !session.report.quiet) {
    showFindings(session, { diagnostics: event.diagnostics, document: null });
  }
  announce(session, describeEvent(event, session.cwd));
}

/** With an empty line before them; how many there are is said in the line of the run. */
function showFindings({ terminal, report }: Session, findings: Findings): void {
  const { diagnostics, document, stack } = findings;
  const shown = diagnostics.filter(({ severity }) => severity === "error" || !report.quiet);
  if (shown.length > 0) {
    const options = { document, color: report.color, each: report.verbose };
    terminal.err(`\n${renderText(shown, options)}\n`);
  }
  if (report.debug && stack !== undefined) terminal.err(`${stack}\n`);
}

/** What belongs to a line stands below its text, not below its time. */
const margin = " ".repeat("00:00:00 ".length);

function announce({ terminal, format, report }: Session, text: string): void {
  if (format === "text" && !report.quiet) {
    terminal.out(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
  }
}

interface Stop {
  /** The signal that came, if one came. */
  signal: "SIGINT" | "SIGTERM" | "SIGHUP" | undefined;
  readonly aborted: AbortSignal;
  close(): void;
}

function stopOnSignal(): Stop {
  const controller = new AbortController();
  const stop: Stop = { signal: undefined, aborted: controller.signal, close };
  const listeners = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => {
    const listener = (): void => {
      // The second one means: at once.
      if (stop.signal !== undefined) {
        close();
        process.kill(process.pid, signal);
      }
      stop.signal = signal;
      controller.abort();
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  function close(): void {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  }
  return stop;
}
