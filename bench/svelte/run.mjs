// `node bench/svelte/run.mjs`: how long an effect takes to read ten thousand rows of a context through the Svelte adapter, next to plain
// rows and to rows in `$state`, which Svelte proxies. Prints the ratios, and judges nothing: what is promised is a test
// (test/adapters/svelte), for the rows are the very objects.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = `${root}.cache/bench/svelte`;
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const generator = [`${root}bin/mizan-gen.js`, `${root}fixtures/protocol/bookshop.json`];
const options = ["--target", "svelte", "-o", `${out}/client`, "--import-extension", "js"];
execFileSync(process.execPath, [...generator, ...options], { stdio: "ignore", cwd: out });
await build({
  root: fileURLToPath(new URL(".", import.meta.url)),
  configFile: false,
  logLevel: "error",
  plugins: [svelte({ configFile: false })],
  resolve: { alias: { "@client": `${out}/client` }, conditions: ["browser"] },
  build: {
    outDir: `${out}/dist`,
    lib: { entry: "read-rows.svelte.js", formats: ["es"], fileName: "read-rows" },
  },
});
const { readRows } = await import(pathToFileURL(`${out}/dist/read-rows.js`).href);
const { raw, adapter, proxied } = await readRows();
const line = (what, time) =>
  console.log(`${what.padEnd(32)} ${time.toFixed(3).padStart(8)} ms  ${(time / raw).toFixed(2)} ×`);
line("plain rows", raw);
line("rows of the Svelte adapter", adapter);
line("rows in $state", proxied);
