import { mkdirSync, realpathSync } from "node:fs";
import { holdSignals } from "../../src/output/hold-signals.js";
import { writeTree } from "./crash-trees.js";

// Writes trees into a directory until it is killed, or one of them while the process gets a signal.
const [path = "", how = ""] = process.argv.slice(2);
mkdirSync(path, { recursive: true });
const directory = realpathSync(path);

if (how === "for-ever") {
  process.stdout.write("ready\n");
  for (let round = 0; ; round++) await writeTree(directory, round % 2);
}
await holdSignals(async () => {
  process.kill(process.pid, how);
  await writeTree(directory, 0);
  process.stdout.write("held\n");
});
process.stdout.write("still alive\n");
