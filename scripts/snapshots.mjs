// `npm run snapshots`: renews snapshots/ from fixtures/. What changed is for the reader of the diff to judge.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
// Trees of fixtures that are gone go with them.
rmSync(`${root}snapshots`, { recursive: true, force: true });
const vitest = spawnSync(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, "run", "test/snapshots"],
  { cwd: root, stdio: "inherit", env: { ...process.env, MIZAN_SNAPSHOTS: "renew" } },
);
process.exitCode = vitest.status ?? 1;
