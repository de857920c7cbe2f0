// `npm run test:python`: pytest, mypy and pyright of backends/python, then one closing line: `N passed, N failed`. mypy and pyright
// count as one check each.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pythonEnvironment, pythonRoot } from "./python-env.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The counts of everything. Arguments go to pytest; with any, the type checkers are left out. */
export function testPython(args = []) {
  let python;
  try {
    python = pythonEnvironment();
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
  const counts = pytest(python, args);
  if (args.length > 0) return counts;
  for (const [name, command, ...rest] of [
    ["mypy", python, "-m", "mypy"],
    ["pyright", process.execPath, `${root}node_modules/pyright/index.js`, "--project", pythonRoot],
  ]) {
    console.log(`\n${name}`);
    const checked = run(command, rest);
    counts[checked === 0 ? "passed" : "failed"] += 1;
  }
  return counts;
}

function pytest(python, args) {
  mkdirSync(`${root}.cache`, { recursive: true });
  const report = `${root}.cache/pytest.xml`;
  rmSync(report, { force: true });
  const status = run(python, ["-m", "pytest", `--junit-xml=${report}`, ...args]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const suite = /<testsuite [^>]*>/.exec(readFileSync(report, "utf8"))?.[0] ?? "";
  const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  // A test that was skipped proves nothing and counts as a failure.
  const failed = count("failures") + count("errors") + count("skipped");
  const passed = count("tests") - failed;
  return { passed, failed: status === 0 && passed > 0 ? failed : Math.max(1, failed) };
}

const run = (command, args) =>
  spawnSync(command, args, { cwd: pythonRoot, stdio: ["ignore", "inherit", "inherit"] }).status;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = testPython(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
