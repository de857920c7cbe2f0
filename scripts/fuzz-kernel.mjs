// `npm run fuzz:kernel [schedules] [seed]`: the kernel's model check with 10 000 schedules of each kind instead of CI's few, and with
// another seed on each run. What fails is printed shrunk, with its seed; it becomes a test in src/kernel/test/model/found.test.ts.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [schedules = "10000", seed = String(Math.floor(Math.random() * 2 ** 31))] =
  process.argv.slice(2);
console.log(`${schedules} schedules of each kind, seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, "run", "src/kernel/test/model"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, MIZAN_MODEL_RUNS: schedules, MIZAN_MODEL_SEED: seed },
  },
);
process.exitCode = status ?? 1;
