// `npm run mutate:kernel`: breaks the rules of src/kernel one after another (scripts/mutations/kernel.mjs), each in a copy, and runs the
// kernel's tests against it. Prints the survivors: rules whose breach no test notices. Not part of `npm test`; it takes an hour and more.
//
//   node scripts/mutate-kernel.mjs [part of a name …] [--jobs 2] [--after LOG]
//
// `--after`: the output of a run that was broken off, or of an earlier version; what was noticed then is not tried again.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findPlaces } from "./mutations/find-places.mjs";
import { mutations } from "./mutations/kernel.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: "string", default: "2" }, after: { type: "string" } },
});

/** First what fails fast. What needs sockets, and the model check, only judge what got past the rest. */
const stages = [
  [
    "src/kernel/test/scenarios",
    "src/kernel/test/bad-input",
    "src/kernel/kernel.test",
    "src/kernel/merge",
    "src/kernel/effect",
  ],
  ["src/kernel/test/live", "src/kernel/test/model"],
];
/** Milliseconds after which a run counts as hanging: the mutant is noticed. */
const LIMIT = 240_000;

/** A copy of the kernel with its tests, where the packages and the documents are found as usual. */
function copyOf(job) {
  const folder = `${root}.cache/mutants/${process.pid}-${job}`;
  mkdirSync(`${folder}/src`, { recursive: true });
  for (const name of ["docs", "fixtures"]) symlinkSync(`${root}${name}`, `${folder}/${name}`);
  for (const name of ["package.json", "tsconfig.json"])
    cpSync(`${root}${name}`, `${folder}/${name}`);
  cpSync(`${root}src/kernel`, `${folder}/src/kernel`, { recursive: true });
  // Its own, or the project's would be found, whose other tests need more than this folder.
  const setup = {
    include: ["src/**/*.test.ts"],
    setupFiles: `${root}test/setup/property-tests.ts`,
  };
  writeFileSync(
    `${folder}/vitest.config.mjs`,
    `export default ${JSON.stringify({ test: setup })};\n`,
  );
  return folder;
}

/** Whether all tests pass. */
const passes = (folder, tests) =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        `${root}node_modules/vitest/vitest.mjs`,
        "run",
        "--root",
        folder,
        "--bail",
        "1",
        "--reporter",
        "dot",
        "--maxWorkers",
        "1",
        // Half the time: what a mutant leaves behind for the next file can only make that fail, too.
        "--no-isolate",
        "--testTimeout",
        "30000",
        ...tests,
      ],
      { cwd: folder, stdio: "ignore", env: { ...process.env, MIZAN_MODEL_RUNS: "100" } },
    );
    const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });

async function survives(folder, mutation) {
  const { file, text, mutant } = mutation;
  const path = `${folder}/src/kernel/${file}`;
  writeFileSync(path, mutant);
  try {
    for (const tests of stages) if (!(await passes(folder, tests))) return false;
    return true;
  } finally {
    writeFileSync(path, text);
  }
}

const places = mutations.map(findPlaces);
for (const [index, [name, find]] of mutations.entries()) {
  const { length } = places[index];
  if (length === 1) continue;
  console.error(`"${name}": its text stands in ${length} places instead of one:\n  ${find}`);
  process.exitCode = 2;
}
if (process.exitCode) {
  console.error("Mend scripts/mutations/kernel.mjs.");
  process.exit();
}
const noticed = new Set(
  values.after === undefined
    ? []
    : [...readFileSync(values.after, "utf8").matchAll(/noticed +[\w-]+\.ts: (.*)/g)].map(
        ([, name]) => name,
      ),
);
const chosen = places
  .flat()
  .filter(({ name }) => !positionals.length || positionals.some((part) => name.includes(part)))
  .filter(({ name }) => !noticed.has(name));
const survivors = [];
const queue = [...chosen];
let done = 0;

async function work(job) {
  const folder = copyOf(job);
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (await survives(folder, next)) survivors.push(next);
      done++;
      console.log(
        `${done}/${chosen.length} ${survivors.includes(next) ? "SURVIVED" : "noticed "} ${next.file}: ${next.name}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

{
  const folder = copyOf("clean");
  for (const tests of stages) {
    if (await passes(folder, tests)) continue;
    console.error("The tests fail without any mutation; mend that first.");
    process.exit(2);
  }
  rmSync(folder, { recursive: true, force: true });
}
await Promise.all(Array.from({ length: Number(values.jobs) }, (_, job) => work(job)));
console.log(
  `\n${chosen.length - survivors.length} of ${chosen.length} noticed${survivors.length ? "; survivors:" : ""}`,
);
for (const { file, name } of survivors) console.log(`  ${file}: ${name}`);
process.exitCode = survivors.length ? 1 : 0;
