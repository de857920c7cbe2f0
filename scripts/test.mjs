// `npm test`: the whole suite, then one closing line that a person or a CI reads: `N passed, N failed`. Other arguments than
// `--without-python` (or MIZAN_WITHOUT_PYTHON=1) go to vitest, and then only its tests run.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "./python-env.mjs";
import { testPython } from "./test-python.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const report = `${root}.cache/vitest.json`;
const withoutPython =
  process.argv.includes("--without-python") || process.env.MIZAN_WITHOUT_PYTHON === "1";
const vitestArgs = process.argv.slice(2).filter((each) => each !== "--without-python");
mkdirSync(`${root}.cache`, { recursive: true });
rmSync(report, { force: true });

if (!withoutPython) {
  try {
    pythonEnvironment();
  } catch (error) {
    console.error(error.message);
    console.error("To leave the tests of the Python backend out: npm test -- --without-python");
    console.log("0 passed, 1 failed");
    process.exit(1);
  }
}

// The end-to-end tests drive the build: it must be that of these sources.
const build = spawnSync(process.execPath, [`${root}scripts/build.mjs`], {
  cwd: root,
  stdio: "inherit",
});
if (build.status !== 0) {
  console.log("0 passed, 1 failed");
  process.exit(1);
}

// The browser tests need a browser. Without one they fail, with the same words.
spawnSync(process.execPath, [`${root}scripts/install-browser.mjs`], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
});

const vitest = spawnSync(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...(withoutPython ? ["--exclude", "**/*.python.test.ts"] : []),
    ...vitestArgs,
  ],
  {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    // For tests of which only a part is about Python.
    env: { ...process.env, ...(withoutPython ? { MIZAN_WITHOUT_PYTHON: "1" } : {}) },
  },
);

if (!existsSync(report)) {
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests } =
  JSON.parse(readFileSync(report, "utf8"));
// A file that fails to load has no failed test of its own; a skipped test proves nothing and counts as a failure.
const failed =
  Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0) + numPendingTests + numTodoTests;
const ok = vitest.status === 0 && failed === 0 && numPassedTests > 0;
const counts = { passed: numPassedTests, failed: ok ? 0 : Math.max(1, failed) };
if (withoutPython) {
  console.log("The tests of the Python backend were left out (--without-python).");
} else if (vitestArgs.length === 0) {
  const python = testPython();
  counts.passed += python.passed;
  counts.failed += python.failed;
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
