// `npm test`: the whole suite, then one closing line that a person or a CI reads: `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const report = `${root}.cache/vitest.json`;
mkdirSync(`${root}.cache`, { recursive: true });
rmSync(report, { force: true });

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
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
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
const code = vitest.status === 0 && failed === 0 && numPassedTests > 0 ? 0 : 1;
console.log(`${numPassedTests} passed, ${code === 0 ? 0 : Math.max(1, failed)} failed`);
process.exitCode = code;
