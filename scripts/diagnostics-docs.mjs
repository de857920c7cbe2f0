// Writes docs/diagnostics/ from the catalogue: one page a code, and codes.md. README.md there is written by hand.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createJiti } from "jiti";

const folder = resolve(import.meta.dirname, "../docs/diagnostics");
const jiti = createJiti(import.meta.url);
const { diagnosticPages } = await jiti.import("../src/diagnostics/diagnostic-pages.ts");

const pages = diagnosticPages();
const names = new Set(pages.map((page) => page.name));
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) {
  if (/^[EW]\d+\.md$/.test(name) && !names.has(name)) rmSync(join(folder, name));
}
for (const { name, text } of pages) writeFileSync(join(folder, name), text);
