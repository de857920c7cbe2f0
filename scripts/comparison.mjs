// Writes the figures of docs/comparison.md from the pages of our benchmarks, so that the three never disagree. Run it after
// `npm run bench -- --write`, `npm run bench:kernel -- --write` and `npm run size -- --write`.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { format } from "prettier";
import { replaceSection } from "./replace-section.mjs";

const docs = resolve(import.meta.dirname, "../docs");
const read = (page) => readFileSync(resolve(docs, page), "utf8");

const generators = ["openapi-typescript", "hey-api", "orval", "kubb"];
const runs = [
  ["Petstore size, 10 functions", "a petstore"],
  ["1000 synthetic functions", "1 000 functions"],
  ["GitHub's description as functions", "GitHub's description"],
  ["Stripe's description as functions", "Stripe's description"],
  ["Type checking GitHub's output", "type check of GitHub's output"],
  ["Type checking Stripe's output", "type check of Stripe's output"],
];
const runtimes = [
  ["SWR with mutations", "SWR"],
  ["TanStack Query for React", "TanStack Query for React"],
  ["RTK Query for React, with its store", "RTK Query for React"],
  ["Apollo Client", "Apollo Client"],
];

/** What each section is replaced with: Markdown. */
export async function figures() {
  const benchmarks = read("benchmarks.md");
  const rows = runs.map(([title, label]) => {
    const cells = rowsOf(benchmarks, title);
    return [label, ...generators.map((tool) => ratio(cells.get(tool)))];
  });
  const size = /<!-- size -->([\s\S]*?)<!-- \/size -->/.exec(read("benchmarks-kernel.md"))?.[1];
  if (size === undefined) throw new Error("benchmarks-kernel.md has no section of sizes");
  const sizes = runtimes.map(([line, label]) => {
    const found = new RegExp(`^${line} +(\\d+) +([\\d.]+) ×`, "m").exec(size);
    if (found === null) throw new Error(`benchmarks-kernel.md has no size of ${line}`);
    return [label, `${kilobytes(found[1])}`, `${found[2]} ×`];
  });
  const own = /^ *the same with createMizan.*? (\d+) /m.exec(size)?.[1];
  return {
    generators: await markdown(["CPU time, × ours", ...generators], rows),
    runtimes: await markdown(
      ["minified and gzipped", "size", "to ours"],
      [["mizan-gen, the smallest app", kilobytes(own), "1"], ...sizes],
    ),
  };
}

/** The cells of a table of the page by the tool of their row, without its version. */
function rowsOf(page, title) {
  const section = page.split(/^## /m).find((each) => each.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`benchmarks.md has no section "${title}"`);
  const rows = section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(rows.map((cells) => [cells[1].replace(/ \d[\d.]*$/, ""), cells]));
}

/** The CPU time as a multiple of ours, or what stands there in its place. */
function ratio(cells) {
  if (cells === undefined) return "–";
  const [cpu, times, remark] = [cells[2], cells[3], cells[8]];
  if (cpu === "") return remark;
  const errors = /^[1-9]\d* errors?$/.test(remark) ? `, ${remark}` : "";
  return `${times}${errors}`;
}

const kilobytes = (bytes) => `${(Number(bytes) / 1000).toFixed(1)} kB`;

function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return format([head, rule, ...rows].map(line).join("\n"), { parser: "markdown" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [section, text] of Object.entries(await figures())) {
    replaceSection(resolve(docs, "comparison.md"), section, text.trim());
  }
}
