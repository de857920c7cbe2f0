import type { ExitCode } from "../exit-code.js";
import type { ProjectFlags } from "../flags.js";
import { readApi } from "../read-api.js";
import {
  conclude,
  maxWarningsOf,
  openProjects,
  readStandardInput,
  type Session,
} from "../session.js";
import { Timings } from "../timings.js";
import { UsageError } from "../usage-error.js";

/** The IR of one project as JSON on standard output (docs/inspect.md); diagnostics go beside it. */
export async function runInspect(
  session: Session,
  input: string | undefined,
  flags: ProjectFlags,
): Promise<ExitCode> {
  const { projects } = await openProjects(session, input, flags);
  const [project, ...others] = projects;
  if (project === undefined || others.length > 0) {
    throw new UsageError(
      "E050",
      `inspect prints one project, and the config has ${projects.length}`,
      {
        help: `choose one with --project: ${projects.map(({ name }) => name).join(", ")}`,
      },
    );
  }
  if (session.format === "github" || session.format === "sarif") {
    throw new UsageError("E050", `inspect prints JSON, not ${session.format}`);
  }
  const stdin = await readStandardInput(projects, flags);
  const timings = new Timings();
  const read = await readApi(project, { cwd: session.cwd, stdin, timings, lint: false });
  const maxWarnings = maxWarningsOf(flags);
  if (read.api === null) return conclude(session, { findings: [read], text: "", maxWarnings });
  // `--format json` asks for what comes anyway; diagnostics must not mix with it.
  const asText = {
    ...session,
    format: "text" as const,
    report: { ...session.report, format: "text" as const },
  };
  const { inspectApi } = await import("../../ir/inspect.js");
  const code = conclude(asText, { findings: [read], text: "", maxWarnings });
  session.terminal.out(`${JSON.stringify(inspectApi(read.api), null, 2)}\n`);
  return code;
}
