import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { Group } from "./group.mjs";

const page = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));

/** Rows, bars and facts of every topic, printed as tables; machine-neutral when written: ratios stand beside each median. */
export class Report {
  groups = [];
  isSmoke;
  #notes = [];
  #loads = [];
  #peers;
  #left = new Set(["start", "install", "petstore", "synthetic", "growth", "github", "stripe"]);

  constructor({ smoke, peers }) {
    this.isSmoke = smoke;
    this.#peers = peers;
  }

  group(title, what) {
    const group = new Group(title, what);
    this.groups.push(group);
    return group;
  }

  /** A group of an earlier run. */
  restore(data) {
    this.groups.push(Object.assign(new Group(data.title, data.what), data));
  }

  note(text) {
    this.#notes.push(text);
  }

  /** How many processes wanted a core while a topic was measured. */
  load(processes) {
    this.#loads.push(processes);
  }

  finished(topic) {
    this.#left.delete(topic);
  }

  print() {
    console.log(this.groups.map((group) => group.text()).join("\n\n"));
    for (const note of this.#notes) console.log(`\n${note}`);
    const bars = this.groups.flatMap((group) => group.bars);
    const met = bars.filter((bar) => bar.met).length;
    console.log(
      `\n${met} of ${bars.length} bars met${this.isSmoke ? " (a smoke run: the figures mean nothing)" : ""}`,
    );
  }

  /** In a smoke run speed is not judged, but everything must have run, and the bars of that name must be met. */
  requireAll(name) {
    const broken = this.groups.filter(
      (group) =>
        group.rows.length === 0 ||
        group.failures.length > 0 ||
        group.bars.some((bar) => bar.text === name && !bar.met),
    );
    if (broken.length > 0 || this.groups.length === 0) {
      console.error(`failed: ${broken.map((group) => group.title).join(", ")}`);
      process.exitCode = 1;
    }
  }

  async write() {
    const names = this.#peers
      .map((peer) => `${peer.name} ${peer.version} (${peer.makes})`)
      .join(", ");
    const missed = this.groups.flatMap((group) =>
      group.bars.filter((bar) => !bar.met).map((bar) => `- ${group.title}: ${group.said(bar)}`),
    );
    const text = `# Benchmarks

\`npm run bench -- --write\` writes this page: every command as a whole process, ours and the peers in turn on the same documents and the same machine,
medians of several runs (column \`runs\`; what takes long is run less often). All run on the same Node. The columns \`x\` are ratios to the first row, and are
what carries over to other machines.

${this.#machine()} CPU seconds are those of all threads of a process, the garbage collector's and the just-in-time compiler's included.

The documents: synthetic ones (\`bench/generate/synthetic.mjs\`), and the descriptions of GitHub and Stripe as their npm packages ship them, to which
\`bench/generate/functions-from-paths.mjs\` adds \`x-mizan-functions\`. Ours makes types, a client and its runtime, and no framework adapter.

Peers: ${names}.

## What is not met

${missed.length === 0 ? "Every bar is met." : missed.join("\n")}
${this.#left.size === 0 ? "" : `\nNot measured in this run: ${[...this.#left].join(", ")}.\n`}
${this.groups.map((group) => group.markdown()).join("\n\n")}
${this.#notes.length === 0 ? "" : `\n${this.#notes.join("\n")}\n`}`;
    const options = await resolveConfig(page);
    writeFileSync(page, await format(text, { ...options, filepath: page }));
  }

  /** What a reader must know of the machine to read wall times. */
  #machine() {
    const cores = cpus().length;
    const busiest = Math.max(...this.#loads);
    const quietest = Math.min(...this.#loads);
    const load = `${cores} cores, on which ${quietest.toFixed(1)} to ${busiest.toFixed(1)} processes wanted to run at a time`;
    return busiest > cores
      ? `This machine was shared: ${load}, ours of one or two included. Wall times are therefore longer than on a machine of one's own, by a factor that changes from run to run; the CPU times and the ratios are what to read.`
      : `The machine: ${load}.`;
  }
}
