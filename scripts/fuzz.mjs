// `npm run fuzz [seed]`: the property tests with values that no run has drawn before, and many of them: 10 000 mutations of each
// document. Prints the seed, and after a failure how to see it again.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [argument] = process.argv.slice(2);
if (argument !== undefined && !/^-?\d+$/.test(argument)) {
  console.error("usage: npm run fuzz [seed]");
  process.exit(2);
}
const seed = argument ?? String(randomInt(2 ** 31));
const runs = process.env.MIZAN_FUZZ_RUNS ?? "10000";
const files = [
  "test/pipeline",
  "src/document",
  "src/ir",
  "src/emit",
  "src/output",
  "src/diagnostics",
];

console.log(`seed ${seed}, ${runs} runs`);
const vitest = spawnSync(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, "run", "--testTimeout=0", ...files],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      MIZAN_FUZZ_CLIENTS: "300",
      ...process.env,
      MIZAN_FUZZ_SEED: seed,
      MIZAN_FUZZ_RUNS: runs,
    },
  },
);
if (vitest.status !== 0) {
  console.log(
    `\nAgain: npm run fuzz ${seed}\nOne failure, at once: ` +
      "MIZAN_FUZZ_SEED=<its seed> MIZAN_FUZZ_PATH=<its path> npx vitest run <its file> -t '<its name>'",
  );
}
process.exitCode = vitest.status ?? 1;
