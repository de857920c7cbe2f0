// `npm run bench:watch`: how long it takes from the save of a document of 1 000 functions until the file that it changes is written.
//   --smoke    a small document, few saves: checks that the pieces work, says nothing about speed
//   --write    writes docs/benchmarks-watch.md
//   --saves N  of each edit (default 25)
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { editsOf } from "./edits.mjs";
import { untilWritten, WatchProcess } from "./watch-process.mjs";

const { values: flags } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    saves: { type: "string", default: "25" },
  },
});
const root = fileURLToPath(new URL("../../", import.meta.url));
const count = flags.smoke ? 30 : 1000;
const saves = flags.smoke ? 2 : Number(flags.saves);
/** Milliseconds. */
const limit = 50;

if (!existsSync(`${root}dist/cli.js`)) throw new Error("dist/ is missing: run `npm run build`");
const folder = mkdtempSync(join(tmpdir(), "mizan-bench-watch-"));
// A copy, so that a build in the midst of a run changes nothing.
for (const part of ["bin", "dist", "package.json", "LICENSE"])
  cpSync(`${root}${part}`, join(folder, "product", part), { recursive: true });
const project = join(folder, "project");
mkdirSync(project);
const path = join(project, "schema.json");
const textOf = (document) => JSON.stringify(document, null, 2);

const rows = [];
const stages = new Map();
try {
  const edits = Object.entries(editsOf(count));
  writeFileSync(path, textOf(edits[0][1].document(0)));
  const bin = join(folder, "product/bin/mizan-gen.js");
  const watch = new WatchProcess(bin, ["schema.json", "-o", "out", "-v"], project);
  await watch.said(/watching/);
  for (const [name, edit] of edits) rows.push({ name, ...(await measure(watch, edit)) });
  await watch.end();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const report = reportOf();
console.log(report);
if (flags.write) {
  const page = `${root}docs/benchmarks-watch.md`;
  writeFileSync(page, await format(report, { ...(await resolveConfig(page)), filepath: page }));
  console.log("written: docs/benchmarks-watch.md");
}

/** Saves one edit after the other, each when the watch has come to rest, the first of them uncounted. */
async function measure(watch, { folder: inside, file, document }) {
  const walls = [];
  let cpu = 0;
  for (let n = 0; n <= saves; n++) {
    const text = textOf(document(n + 1));
    await sleep(flags.smoke ? 50 : 300);
    const before = watch.cpu();
    const name = typeof file === "string" ? file : file(n + 1);
    const wall = await untilWritten(join(project, "out", inside), name, () =>
      writeFileSync(path, text),
    );
    const said = await watch.said(/changed: .*\n(?: {9}.*\n)*? {9}read .*\n/);
    if (n === 0) continue;
    walls.push(wall);
    cpu += watch.cpu() === undefined ? NaN : watch.cpu() - before;
    for (const [, stage, time, unit] of said.matchAll(/([a-z]+) ([\d.]+) (ms|s)(?=,|\n)/g))
      stages.set(stage, [...(stages.get(stage) ?? []), Number(time) * (unit === "s" ? 1000 : 1)]);
  }
  return { wall: median(walls), least: Math.min(...walls), cpu: cpu / saves };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function reportOf() {
  const ms = (value) => (Number.isNaN(value) ? "" : `${value.toFixed(1)} ms`);
  const table = (head, lines) =>
    [head, head.map((_, column) => (column === 0 ? "---" : "---:")), ...lines]
      .map((cells) => `| ${cells.join(" | ")} |`)
      .join("\n");
  const bars = rows.map(
    ({ name, wall, least, cpu }) =>
      `- ${wall <= limit ? "met" : "**missed**"}: ${name}: ${limit} ms or less from save to file (median ${ms(wall)}, least ${ms(least)}, CPU ${ms(cpu)})`,
  );
  const [load] = loadavg();
  return `# Benchmarks of the watch

\`npm run bench:watch -- --write\` writes this page: a \`mizan-gen watch\` of a document of ${count} functions (\`bench/generate/synthetic.mjs\`), which is saved again and
again, each time with a small change. Measured from outside: from the beginning of the save until the file in which the change shows is in its place. Median
and least of ${saves} saves; the CPU is that of all threads of the process for a save, with all it does after the file is written (the lines of what is new in the
contract).

The machine: ${cpus().length} cores, on which ${load.toFixed(1)} processes wanted to run at the end. Where that is more than there are cores, wall times are longer than on a machine of one's
own, by a factor that changes from save to save; the least one and the CPU time are what to read.

${table(
  ["Edit", "median", "least", "CPU"],
  rows.map(({ name, wall, least, cpu }) => [name, ms(wall), ms(least), ms(cpu)]),
)}

${bars.join("\n")}

## Where the time goes

Wall time of each stage, of all saves.

${table(
  ["Stage", "median", "least"],
  [...stages].map(([stage, times]) => [stage, ms(median(times)), ms(Math.min(...times))]),
)}
`;
}
