import { summarize } from "../../diagnostics/render-text.js";
import type { ExitCode } from "../exit-code.js";
import type { ProjectFlags } from "../flags.js";
import { readApi, type ReadApi } from "../read-api.js";
import {
  conclude,
  maxWarningsOf,
  openProjects,
  readStandardInput,
  type Session,
} from "../session.js";
import { formatTime, Timings } from "../timings.js";

/** All that is wrong with the documents. Writes nothing. */
export async function runValidate(
  session: Session,
  input: string | undefined,
  flags: ProjectFlags,
): Promise<ExitCode> {
  const { projects } = await openProjects(session, input, flags);
  const stdin = await readStandardInput(projects, flags);
  const findings: ReadApi[] = [];
  let text = "";
  for (const project of projects) {
    const timings = new Timings();
    const read = await readApi(project, { cwd: session.cwd, stdin, timings, lint: true });
    findings.push(read);
    const found = summarize(read.diagnostics) || "no problems";
    text += `${project.document}: ${found} (${formatTime(timings.total)})\n`;
    if (flags.verbose) text += `  ${timings.toString()}\n`;
  }
  return conclude(session, { findings, text, maxWarnings: maxWarningsOf(flags) });
}
