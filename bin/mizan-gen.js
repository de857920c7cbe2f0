#!/usr/bin/env node
import { readFileSync } from "node:fs";
import module from "node:module";

const [first, ...rest] = process.argv.slice(2);
if ((first === "--version" || first === "-V") && rest.length === 0) {
  // Asked by scripts all the time: answered without loading anything.
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  console.log(JSON.parse(manifest).version);
} else {
  module.enableCompileCache?.();
  const { main } = await import("../dist/cli.js");
  await main();
}
