// What it costs to have a tool: unpacked by npm into an empty directory, and asked for its version for the first time.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { workspace } from "./measure.mjs";
import { node } from "./peers.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cacheOf = (label) => `${workspace}npm-${label}`;

/** npm runs in our Node, and starts the tool in the one that all peers can run in. */
const npm = [
  process.env.npm_execpath,
  join(dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js"),
].find((path) => path !== undefined && path.endsWith("npm-cli.js") && existsSync(path));

/** Packs what is published, as `npm publish` would, without building anew. */
export function packOurs() {
  mkdirSync(workspace, { recursive: true });
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", workspace];
  const [{ filename }] = JSON.parse(run(args, root));
  return `${workspace}${filename}`;
}

/**
 * `npm exec` of packages that are in npm's cache and nowhere else, so that the network is no part of it.
 *
 * @param specs a tarball, or names with versions
 */
export function coldExec(label, specs, bin) {
  const cache = cacheOf(label);
  const packages = specs.flatMap((spec) => ["--package", spec]);
  const args = (...more) => [
    "exec",
    "--yes",
    "--cache",
    cache,
    ...more,
    ...packages,
    "--",
    bin,
    "--version",
  ];
  // Away from here, where npm would find the peers that are installed.
  const folder = mkdtempSync(join(tmpdir(), "mizan-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  rmSync(cache, { recursive: true, force: true });
  let filled = false;
  return {
    node: process.execPath,
    cwd: folder,
    args: [npm, ...args("--offline")],
    before: () => {
      if (!filled) run(args("--no-audit"), folder);
      filled = true;
      // What npm exec has unpacked; what it has downloaded stays.
      rmSync(`${cache}/_npx`, { recursive: true, force: true });
    },
  };
}

/** What the last `coldExec` of a label has put on disk. */
export function installed(label) {
  const folder = `${cacheOf(label)}/_npx`;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
  const inModules = paths.filter((path) => path.includes("/node_modules/"));
  const manifest = /\/node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/;
  return {
    packages: inModules.filter((path) => manifest.test(path)).length,
    bytes: inModules.reduce((sum, path) => sum + statSync(path).size, 0),
  };
}

function run(args, cwd) {
  return execFileSync(process.execPath, [npm, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Puts the Node of the peers first in the path, where the first line of a command finds it. */
export function useNode() {
  process.env.PATH = `${dirname(node)}:${process.env.PATH}`;
}
