import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const probe = fileURLToPath(new URL("probe.cjs", import.meta.url));
/** A smoke run must not disturb a real one. */
const folder = process.argv.includes("--smoke") ? ".work-smoke/" : ".work/";
export const workspace = fileURLToPath(new URL(folder, import.meta.url));

const seconds = 1000;

/** How often what takes long is run: a single run of a minute says more than the noise of the machine takes away. */
function worthwhile(wall, runs) {
  if (wall > 15 * seconds) return 1;
  if (wall > 4 * seconds) return Math.min(runs, 2);
  return runs;
}

/** Ended by us after `wall` milliseconds, which is less than it would have taken. */
export class TimedOut extends Error {
  constructor(wall) {
    super(`stopped after ${Math.round(wall / seconds)} s`);
    this.wall = wall;
  }
}

/**
 * Runs commands as whole processes, in turn (A B C, A B C, ...), so that a machine whose speed drifts is fair to all. For each the
 * medians: wall and CPU in milliseconds (all its Node processes together), peak memory of the largest in MB, and the last output; or
 * the error that ended it. Every command runs once whatever happens; it is repeated while `budget` milliseconds last,
 * and a few times in any case when it is cheap. With `warmup` the first run of what is short is not counted.
 *
 * @param {Record<string, { node?: string, args: string[], cwd?: string, before?: () => void, accept?: (code: number | string) => boolean }>} commands
 */
export async function measureInTurn(
  commands,
  { runs = 5, warmup = false, timeout = 240 * seconds, budget = 60 * seconds } = {},
) {
  const results = new Map(Object.keys(commands).map((name) => [name, []]));
  const failed = new Map();
  const end = performance.now() + budget;
  const isDue = (name, round) => {
    const [first] = results.get(name);
    if (first === undefined) return !failed.has(name);
    const isCheap = first.wall < 3 * seconds && round < 4;
    const isWanted = round < worthwhile(first.wall, runs + (warmup ? 1 : 0));
    return isWanted && (isCheap || performance.now() < end);
  };
  for (let round = 0, ran = true; ran; round++) {
    ran = false;
    for (const [name, command] of Object.entries(commands)) {
      if (!isDue(name, round)) continue;
      ran = true;
      try {
        command.before?.();
        results.get(name).push(await once({ ...command, timeout }));
      } catch (error) {
        failed.set(name, error);
        results.get(name).length = 0;
      }
    }
  }
  return new Map(
    [...results].map(([name, list]) => {
      if (failed.has(name)) return [name, { error: failed.get(name) }];
      const isWarm = warmup && list.length > 1 && worthwhile(list[0].wall, runs) === runs;
      return [name, medians(isWarm ? list.slice(1) : list)];
    }),
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
    output: results.at(-1).output,
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
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGKILL");
  }, timeout);
  const code = await new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (status, signal) => done(status ?? signal));
  });
  clearTimeout(timer);
  const wall = performance.now() - started;
  if (timedOut) throw new TimedOut(wall);
  const output = Buffer.concat(chunks).toString("utf8");
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
    output,
  };
}
