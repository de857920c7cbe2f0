import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const page = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));

/** Rows, bars and facts, printed as tables; machine-neutral when written: ratios to our own figure stand beside each median. */
export class Report {
  #groups = [];
  #notes = [];
  #smoke;
  #peers;

  constructor({ smoke, peers }) {
    this.#smoke = smoke;
    this.#peers = peers;
  }

  group(title, what) {
    const group = new Group(title, what);
    this.#groups.push(group);
    return group;
  }

  note(text) {
    this.#notes.push(text);
  }

  print() {
    console.log(this.#groups.map((group) => group.text()).join("\n\n"));
    for (const note of this.#notes) console.log(`\n${note}`);
    const bars = this.#groups.flatMap((group) => group.bars);
    const met = bars.filter((bar) => bar.met).length;
    console.log(
      `\n${met} of ${bars.length} bars met${this.#smoke ? " (a smoke run: the figures mean nothing)" : ""}`,
    );
  }

  /** In a smoke run speed is not judged, but everything must have run, and the bars of that name must be met. */
  requireAll(name) {
    const broken = this.#groups.filter(
      (group) =>
        group.rows.length === 0 ||
        group.failures.length > 0 ||
        group.bars.some((bar) => bar.text === name && !bar.met),
    );
    if (broken.length > 0 || this.#groups.length === 0) {
      console.error(`failed: ${broken.map((group) => group.title).join(", ")}`);
      process.exitCode = 1;
    }
  }

  write() {
    const names = this.#peers
      .map((peer) => `${peer.name} ${peer.version} (${peer.makes})`)
      .join(", ");
    const missed = this.#groups.flatMap((group) =>
      group.bars.filter((bar) => !bar.met).map((bar) => `- ${group.title}: ${bar.text}`),
    );
    const text = `# Benchmarks

\`npm run bench -- --write\` writes this page: every command as a whole process, ours and the peers in turn on the same documents and the same machine,
medians of several runs. Times are for comparing within a table; the columns \`x\` are ratios to the first row, and are what carries over to other machines; a busy machine
disturbs CPU time less than wall time.
The documents: synthetic ones (\`bench/generate/synthetic.mjs\`), and the descriptions of GitHub and Stripe as their npm packages ship them, to which
\`bench/generate/functions-from-paths.mjs\` adds \`x-mizan-functions\`.

Peers: ${names}.

## What is not met

${missed.length === 0 ? "Every bar is met." : missed.join("\n")}

${this.#groups.map((group) => group.markdown()).join("\n\n")}
${this.#notes.length === 0 ? "" : `\n${this.#notes.join("\n")}\n`}`;
    writeFileSync(page, text);
    console.log(`written: docs/benchmarks.md`);
  }
}

class Group {
  rows = [];
  bars = [];
  failures = [];
  #facts = [];

  constructor(title, what) {
    this.title = title;
    this.what = what;
  }

  row(name, result, remark = "") {
    this.rows.push({ name, remark, ...result });
  }

  /** The results of `measureInTurn`. Our own failure is nobody's row: it ends the run. */
  rowsOf(results, remarks = new Map()) {
    for (const [name, { error, ...result }] of results) {
      if (error === undefined) this.row(name, result, remarks.get(name));
      else if (name === "mizan-gen") throw error;
      else this.failed(name, error);
    }
  }

  /** Wall time of one row over another's; undefined when one of them was not measured. */
  ratio(name, other) {
    const [a, b] = [this.find(name), this.find(other)];
    return a === undefined || b === undefined ? undefined : a.wall / b.wall;
  }

  failed(name, error) {
    this.failures.push({ name, reason: String(error.message).split("\n")[0] });
  }

  find(name) {
    return this.rows.find((row) => row.name === name || row.name.startsWith(`${name} `));
  }

  fact(what, name, value) {
    this.#facts.push({ what, name, value });
  }

  /** A bar is met when the value is at most the limit; a value that could not be measured is left out. */
  bar(text, value, limit) {
    if (value === undefined || Number.isNaN(value)) return;
    this.bars.push({ text, value, limit, met: value <= limit });
  }

  #cells() {
    const first = this.rows[0];
    const rows = this.rows.map((row) => [
      row.name,
      seconds(row.wall),
      first === undefined ? "" : `${(row.wall / first.wall).toFixed(2)}`,
      seconds(row.cpu),
      first === undefined ? "" : `${(row.cpu / first.cpu).toFixed(2)}`,
      `${Math.round(row.memory)} MB`,
      row.errors === undefined ? row.remark : `${row.errors} errors`,
    ]);
    for (const { name, reason } of this.failures)
      rows.push([name, "failed", "", "", "", "", reason.slice(0, 60)]);
    return [["", "wall", "x", "CPU", "x", "peak memory", ""], ...rows];
  }

  text() {
    const cells = this.#cells();
    const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
    const lines = cells.map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === 6
            ? cell.padEnd(widths[column])
            : cell.padStart(widths[column]),
        )
        .join("  ")
        .trimEnd(),
    );
    for (const { what, name, value } of this.#facts) lines.push(`${what}: ${name} ${value}`);
    for (const bar of this.bars)
      lines.push(
        `${bar.met ? "met   " : "MISSED"} ${bar.text} (${bar.value.toFixed(2)} of ${bar.limit.toFixed(2)})`,
      );
    return `${this.title} (${this.what})\n${lines.join("\n")}`;
  }

  markdown() {
    const [head, ...rows] = this.#cells();
    const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    const table = [
      line(head),
      line(head.map((_, column) => (column === 0 || column === 6 ? "---" : "---:"))),
      ...rows.map(line),
    ];
    const facts = this.#facts.map(({ what, name, value }) => `- ${what}: ${name} ${value}`);
    const bars = this.bars.map(
      (bar) =>
        `- ${bar.met ? "met" : "**missed**"}: ${bar.text} (${bar.value.toFixed(2)} of ${bar.limit.toFixed(2)})`,
    );
    return `## ${this.title}\n\n${this.what}\n\n${[...table, "", ...facts, ...bars].join("\n").trimEnd()}`;
  }
}

function seconds(milliseconds) {
  return milliseconds < 995
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}
