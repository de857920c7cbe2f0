// `npm run mutate:examples`: plants faults in the app over the bare kernel (scripts/mutations/examples.mjs), each in a copy, and runs the browser
// specification of the examples against it. Prints the survivors: faults that the story made for them does not notice. Not part of
// `npm test`; it takes a few minutes.
//
//   node scripts/mutate-examples.mjs [part of a name …]
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mutations } from "./mutations/examples.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}.cache/mutants/examples-${process.pid}`;
const report = `${folder}.json`;
const wanted = process.argv.slice(2);

function plant(file, find, replace) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(`${root}test/browser/examples/bare`, folder, { recursive: true });
  const text = readFileSync(`${folder}/src/${file}`, "utf8");
  const places = text.split(find).length - 1;
  if (places !== 1) {
    throw new Error(
      `its text stands in ${places} places of ${file} instead of one. Mend scripts/mutations/examples.mjs:\n  ${find}`,
    );
  }
  writeFileSync(
    `${folder}/src/${file}`,
    text.replace(find, () => replace),
  );
}

/** How the story went. */
function run(story) {
  const args = ["run", "test/browser/examples", "--reporter=json", `--outputFile=${report}`];
  const pattern = `bare.*${story.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
  rmSync(report, { force: true });
  const { stderr } = spawnSync(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, ...args, "-t", pattern],
    {
      cwd: root,
      env: { ...process.env, MIZAN_BARE_EXAMPLE: folder },
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    },
  );
  const tests = JSON.parse(readFileSync(report, "utf8"))
    .testResults.flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed" || status === "failed");
  if (tests.length !== 1) {
    throw new Error(`${tests.length} stories ran instead of one: ${story}\n${stderr}`);
  }
  return tests[0];
}

const survivors = [];
for (const [name, file, find, replace, story] of mutations) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  try {
    plant(file, find, replace);
    const { status, failureMessages } = run(story);
    const why = failureMessages[0]?.split("\n")[0] ?? "";
    console.log(status === "failed" ? `noticed   ${name}: ${why}` : `SURVIVED  ${name}`);
    if (status !== "failed") survivors.push(name);
  } catch (error) {
    throw new Error(`"${name}": ${error.message}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(report, { force: true });
  }
}
console.log(`${survivors.length} survived`);
process.exitCode = survivors.length === 0 ? 0 : 1;
