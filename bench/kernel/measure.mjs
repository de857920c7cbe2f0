// One task of one runtime in a process of its own: `node --expose-gc measure.mjs <runtime> <task>` prints a number.
import * as runtimes from "./runtimes.mjs";
import * as tasks from "./tasks.mjs";

const [, , runtime, task] = process.argv;
const make = await runtimes[runtime]();
const value = await tasks[task](make);
process.stdout.write(JSON.stringify(Number.isNaN(value) ? null : value));
process.exit(0);
