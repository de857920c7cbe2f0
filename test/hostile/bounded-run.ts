import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import type { CliResult, Project } from "../cli/installed.js";

const reporter = pathToFileURL(join(import.meta.dirname, "report-usage.mjs")).href;

export interface Bounds {
  /** Of the V8 heap, in MB: more and the process is ended by Node. */
  readonly heap: number;
  /** Of the whole process as the system counts it, in MB. */
  readonly megabytes: number;
  /** Time of the processor, in seconds: it does not grow when the machine has other things to do. */
  readonly cpuSeconds: number;
  /** Of what is printed. */
  readonly characters: number;
}

/** Some four times what the worst of the hostile documents needs. */
export const bounds: Bounds = { heap: 640, megabytes: 900, cpuSeconds: 40, characters: 100_000 };

/** Runs the command line under a limit of the heap, and holds what it used and said against what holds of every run. */
export async function runBounded(
  project: Project,
  args: readonly string[],
  { heap, megabytes, cpuSeconds, characters }: Bounds = bounds,
): Promise<CliResult> {
  const report = project.path("usage.json");
  const result = await project.run(args, {
    maxBuffer: 1 << 28,
    env: {
      NODE_OPTIONS: `--max-old-space-size=${heap} --import=${reporter}`,
      MIZAN_TEST_USAGE: report,
    },
  });
  expect(result.signal).toBeUndefined();
  const usage = JSON.parse(readFileSync(report, "utf8")) as Pick<
    Bounds,
    "megabytes" | "cpuSeconds"
  >;
  expect(usage.megabytes).toBeLessThan(megabytes);
  expect(usage.cpuSeconds).toBeLessThan(cpuSeconds);
  const said = result.stdout + result.stderr;
  expect(said).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(said).not.toContain("E900");
  // However large the document: what is said about it can be read.
  expect(said.length).toBeLessThan(characters);
  return result;
}
