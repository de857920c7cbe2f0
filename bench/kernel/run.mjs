// `npm run bench:kernel`: our kernel beside TanStack Query's core and SWR's cache, interleaved on this machine. `--smoke`: one round.
// `--write` puts the table into docs/benchmarks-kernel.md.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { printTable } from "../../scripts/print-table.mjs";
import { replaceSection } from "../../scripts/replace-section.mjs";
import { installPeers } from "./install-peers.mjs";

installPeers();
const { median } = await import("./tasks.mjs");

const run = promisify(execFile);
const rounds = process.argv.includes("--smoke") ? 1 : 5;
const names = { mizan: "Mizan", swr: "SWR", tanstack: "TanStack", floor: "floor" };

/**
 * What is measured, in which unit, and what must hold of ours. Where the design's bar is not reached (docs/decisions/021), `floors` is
 * what it is held to: so many times the floor, on whatever machine.
 */
const rows = [
  { task: "write", what: "a write, per observer (10 000)", unit: "ns", bar: 100 },
  { task: "invalidate", what: "invalidate 1 of 10 000 entries", unit: "µs", bar: 30 },
  { task: "entry", what: "create, load, destroy an entry", unit: "µs", bar: 5, floors: 7 },
  { task: "heap", what: "heap of an observed entry", unit: "B", bar: 1024 },
  { task: "mounts", what: "requests for 1000 mounts", unit: "", bar: 1 },
  { task: "tick", what: "notifications for 10 writes", unit: "", bar: 1 },
  { task: "equal", what: "texts parsed, equal refetch", unit: "", bar: 0 },
];

const file = fileURLToPath(new URL("measure.mjs", import.meta.url));
async function measure(runtime, task) {
  const { stdout } = await run(process.execPath, [
    "--expose-gc",
    "--no-warnings",
    file,
    runtime,
    task,
  ]);
  return JSON.parse(stdout);
}

const table = [];
let missed = 0;
for (const { task, what, unit, bar, floors } of rows) {
  const values = Object.fromEntries(Object.keys(names).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(names)) values[name].push(await measure(name, task));
  }
  const row = Object.fromEntries(
    Object.entries(values).map(([name, list]) => [name, list.includes(null) ? null : median(list)]),
  );
  const met = row.mizan !== null && row.mizan <= bar;
  const held = floors !== undefined && row.mizan <= floors * row.floor;
  if (!met && !held) missed++;
  const cell = (name) => {
    if (row[name] === null) return "other reference";
    const value =
      `${row[name] < 100 ? Math.round(row[name] * 10) / 10 : Math.round(row[name])} ${unit}`.trim();
    return name === "mizan" || !unit ? value : `${value} (${(row[name] / row.mizan).toFixed(1)}×)`;
  };
  table.push([
    what,
    ...Object.keys(names).map(cell),
    `≤ ${bar} ${unit}`.trim(),
    met ? "met" : held ? `missed, below ${floors} floors` : "missed",
  ]);
}

const text = `${printTable(["", ...Object.values(names), "bar", ""], table)}

Medians of ${rounds} rounds, each in a process of its own; × is how many times ours.`;
console.log(text);
if (process.argv.includes("--write")) {
  const page = fileURLToPath(new URL("../../docs/benchmarks-kernel.md", import.meta.url));
  replaceSection(page, "cost", `\`\`\`\n${text}\n\`\`\``);
}
if (missed && !process.argv.includes("--smoke")) process.exitCode = 1;
