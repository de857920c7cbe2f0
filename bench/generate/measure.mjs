import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const probe = fileURLToPath(new URL("probe.cjs", import.meta.url));
/** A smoke run must not disturb a real one. */
const folder = process.argv.includes("--smoke") ? ".work-smoke/" : ".work/";
export const workspace = fileURLToPath(new URL(folder, import.meta.url));

/**
 * Runs commands as whole processes, in turn (A B C, A B C, ...), so that a machine whose speed drifts is fair to all. For each the
 * medians: wall and CPU in milliseconds (all its Node processes together), peak memory of the largest in MB; or the error that ended it.
 *
 * @param {Record<string, { node?: string, args: string[], cwd?: string, before?: () => void, accept?: (code: number | string) => boolean }>} commands
 */
export async function measureInTurn(commands, { runs = 5, warmup = 1, timeout = 900_000 } = {}) {
  const results = new Map(Object.keys(commands).map((name) => [name, []]));
  const failed = new Map();
  for (let run = -warmup; run < runs; run++) {
    for (const [name, command] of Object.entries(commands)) {
      if (failed.has(name)) continue;
      try {
        command.before?.();
        const result = await once({ ...command, timeout });
        if (run >= 0) results.get(name).push(result);
      } catch (error) {
        failed.set(name, error);
      }
    }
  }
  return new Map(
    [...results].map(([name, list]) => [
      name,
      failed.has(name) ? { error: failed.get(name) } : medians(list),
    ]),
  );
}

/** One command alone. Throws when it fails. */
export async function measure(command, options) {
  const { error, ...result } = (await measureInTurn({ command }, options)).get("command");
  if (error !== undefined) throw error;
  return result;
}

function medians(results) {
  const median = (key) =>
    results.map((result) => result[key]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
  return {
    wall: median("wall"),
    cpu: median("cpu"),
    memory: median("memory"),
    runs: results.length,
  };
}

async function once({
  node = process.execPath,
  args,
  cwd,
  timeout,
  accept = (code) => code === 0,
}) {
  mkdirSync(workspace, { recursive: true });
  const file = `${workspace}probe-${process.pid}.jsonl`;
  rmSync(file, { force: true });
  const started = performance.now();
  const child = spawn(node, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${JSON.stringify(probe)}`,
      MIZAN_BENCH_PROBE: file,
      NO_COLOR: "1",
      CI: "1",
      DO_NOT_TRACK: "1",
      KUBB_DISABLE_TELEMETRY: "1",
    },
  });
  let output = "";
  const keep = (chunk) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
  const code = await new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (status, signal) => done(status ?? signal));
  });
  clearTimeout(timer);
  const wall = performance.now() - started;
  if (!accept(code))
    throw new Error(`${args.join(" ")} ended with ${String(code)}\n${output.slice(-2000)}`);
  const processes = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return {
    wall,
    cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: Math.max(...processes.map(({ memory }) => memory)),
  };
}
