// Writes the document of the bookshop anew, to each file that is given.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { outputFiles } = await build({
  stdin: {
    contents:
      'export { registry } from "./examples/bookshop/bookshop.ts"; export * from "./src/index.ts";',
    resolveDir: root,
  },
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
  logLevel: "warning",
  tsconfig: join(root, "tsconfig.json"),
});
const [bundle] = outputFiles;
const url = `data:text/javascript;base64,${Buffer.from(bundle.contents).toString("base64")}`;
const { exportDocument, printDocument, registry } = await import(url);
const text = printDocument(await exportDocument(registry));
for (const file of process.argv.slice(2)) {
  let known = "";
  try {
    known = readFileSync(file, "utf8");
  } catch {
    // A new one.
  }
  if (known !== text) writeFileSync(file, text);
}
