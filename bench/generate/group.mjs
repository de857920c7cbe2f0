/** What was measured about one topic. Its members are plain data, so that a later run can take them up. */
export class Group {
  rows = [];
  bars = [];
  failures = [];
  facts = [];

  constructor(title, what) {
    this.title = title;
    this.what = what;
  }

  row(name, { wall, cpu, memory, runs }, remark = "") {
    this.rows.push({ name, remark, wall, cpu, memory, runs });
  }

  /** The results of `measureInTurn`. Our own failure is nobody's row: it ends the run. */
  rowsOf(results, remarks = new Map()) {
    for (const [name, { error, ...result }] of results) {
      if (error === undefined) this.row(name, result, remarks.get(name));
      else if (name.startsWith("mizan-gen")) throw error;
      else this.#failed(name, error);
    }
  }

  #failed(name, error) {
    const [reason] = String(error.message).split("\n");
    this.failures.push({ name, reason, wall: error.wall });
  }

  find(name) {
    return this.rows.find((row) => isCalled(row, name));
  }

  fact(what, name, value) {
    this.facts.push({ what, name, value });
  }

  /**
   * A bar is met when the value is at most the limit; a value that could not be measured is left out. `cpu` stands beside a value of
   * wall time, which a busy machine makes longer.
   */
  bar(text, value, limit, cpu) {
    if (value === undefined || Number.isNaN(value)) return;
    this.bars.push({ text, value, limit, met: value <= limit, cpu });
  }

  /**
   * A bar on our wall time as a part of another's, with the same of CPU time beside it. One that was stopped before its end has taken
   * at least that long: then the ratio is at most what is said.
   */
  against(other, text, limit) {
    const own = this.find("mizan-gen");
    const peer = this.find(other);
    const stopped = this.failures.find((failure) => isCalled(failure, other));
    if (own === undefined) return;
    if (peer !== undefined) {
      this.bar(text, own.wall / peer.wall, limit, own.cpu / peer.cpu);
    } else if (stopped?.wall !== undefined) {
      this.bar(`${text} (${other} was stopped)`, own.wall / stopped.wall, limit);
    }
  }

  #cells() {
    const [first] = this.rows;
    const rows = this.rows.map((row) => [
      row.name,
      time(row.cpu),
      (row.cpu / first.cpu).toFixed(2),
      time(row.wall),
      (row.wall / first.wall).toFixed(2),
      `${Math.round(row.memory)} MB`,
      `${row.runs}`,
      row.remark,
    ]);
    for (const { name, reason } of this.failures)
      rows.push([name, "", "", "", "", "", "", reason.slice(0, 60)]);
    return [["", "CPU", "x", "wall", "x", "peak memory", "runs", ""], ...rows];
  }

  text() {
    const cells = this.#cells();
    const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
    const lines = cells.map((row) =>
      row
        .map((cell, column) =>
          isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
        )
        .join("  ")
        .trimEnd(),
    );
    for (const { what, name, value } of this.facts) lines.push(`${what}: ${name} ${value}`);
    for (const bar of this.bars) lines.push(`${bar.met ? "met   " : "MISSED"} ${this.said(bar)}`);
    return `${this.title} (${this.what})\n${lines.join("\n")}`;
  }

  markdown() {
    const [head, ...rows] = this.#cells();
    const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    const table = [
      line(head),
      line(head.map((_, column) => (isText(column) ? "---" : "---:"))),
      ...rows.map(line),
    ];
    const facts = this.facts.map(({ what, name, value }) => `- ${what}: ${name} ${value}`);
    const bars = this.bars.map((bar) => `- ${bar.met ? "met" : "**missed**"}: ${this.said(bar)}`);
    return `## ${this.title}\n\n${this.what}\n\n${[...table, "", ...facts, ...bars].join("\n").trimEnd()}`;
  }

  /** A bar and how far it is met. */
  said({ text, value, limit, cpu }) {
    const share = `${value.toFixed(2)} of ${limit.toFixed(2)}`;
    return `${text} (${cpu === undefined ? share : `wall ${share}, CPU ${cpu.toFixed(2)}`})`;
  }
}

const isText = (column) => column === 0 || column === 7;

function isCalled({ name }, wanted) {
  return name === wanted || name.startsWith(`${wanted} `);
}

function time(milliseconds) {
  return milliseconds < 995
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}
