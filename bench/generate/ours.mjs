import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freshFolder } from "./fresh.mjs";
import { workspace } from "./measure.mjs";
import { node } from "./peers.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** A copy of what is published, so that a build in the midst of a run changes nothing. */
const product = `${workspace}product/`;
const bin = `${product}bin/mizan-gen.js`;
const output = (label) => `${workspace}${label}/mizan-gen`;
const run = (document, label, ...more) => ({
  node,
  cwd: workspace,
  args: [bin, "generate", document, "-o", output(label), "--quiet", ...more],
});

/** Our own commands, in the shapes that `measure` takes. The full run is always the first of a label. */
export const ours = {
  bin,
  /** Stands beside our figures; the adapters join it when there are any. */
  makes: "types, client, runtime",
  output,
  isBuilt: () => existsSync(`${root}dist/cli.js`),
  /** Tells builds apart. */
  build: () => {
    const hash = createHash("sha256");
    for (const file of readdirSync(`${root}dist`).sort())
      if (file.endsWith(".js")) hash.update(file).update(readFileSync(`${root}dist/${file}`));
    return hash.digest("hex");
  },
  copy: () => {
    for (const part of ["bin", "dist", "package.json", "LICENSE"])
      cpSync(`${root}${part}`, `${product}${part}`, { recursive: true });
  },
  full: (document, label) => ({
    ...run(document, label),
    before: () => freshFolder(output(label)),
  }),
  again: (document, label) => run(document, label),
  check: (document, label) => ({
    node,
    cwd: workspace,
    args: [bin, "check", document, "-o", output(label), "--quiet"],
  }),
  /** Each run meets another summary of one function. */
  changed: (document, label, name) => {
    const text = readFileSync(document, "utf8");
    let run_ = 0;
    return {
      ...run(document, label),
      before: () =>
        writeFileSync(document, text.replaceAll(`Does ${name}.`, `Does ${name}, take ${++run_}.`)),
    };
  },
};
