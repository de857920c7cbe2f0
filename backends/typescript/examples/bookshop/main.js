/**
 * Starts the bookshop: node main.js [--port N] [--test] [--static DIR]. It is bundled in memory first, as Node 20 reads no types.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { outputFiles } = await build({
  entryPoints: [join(here, "serve.ts")],
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  write: false,
  logLevel: "warning",
  tsconfig: join(here, "../../tsconfig.json"),
});
const [bundle] = outputFiles;
await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString("base64")}`);
