import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL(".topics.json", import.meta.url));

/** Runs topics one by one, and remembers what each brought, so that a run that was cut off can go on where it was. */
export class Topics {
  #report;
  #build;
  #onDone;
  #done = {};

  /** `build` tells what was measured: results of another build are not kept. */
  constructor({ report, isKept, build, onDone }) {
    this.#report = report;
    this.#build = build;
    this.#onDone = onDone;
    if (!isKept || !existsSync(file)) return;
    const earlier = JSON.parse(readFileSync(file, "utf8"));
    if (earlier.build === build) this.#done = earlier.done;
    else console.error("--resume: the earlier results are of another build, and are not used");
  }

  async run(name, measure) {
    const known = this.#done[name];
    if (known !== undefined) {
      known.groups.forEach((group) => this.#report.restore(group));
      this.#report.load(known.load);
      this.#report.finished(name);
      return;
    }
    console.error(`${name} ...`);
    const started = this.#report.groups.length;
    await measure();
    const [load] = loadavg();
    this.#report.load(load);
    this.#report.finished(name);
    await this.#onDone();
    if (this.#report.isSmoke) return;
    this.#done[name] = { groups: this.#report.groups.slice(started), load };
    writeFileSync(file, JSON.stringify({ build: this.#build, done: this.#done }));
  }
}
