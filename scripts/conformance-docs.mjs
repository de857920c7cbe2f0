// Writes the table of docs/conformance.md from the cases; the rest of the page is written by hand.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createJiti } from "jiti";
import { format } from "prettier";

const file = resolve(import.meta.dirname, "../docs/conformance.md");
const jiti = createJiti(import.meta.url);
const { cases } = await jiti.import("../src/conformance/cases.ts");
const { caseTable } = await jiti.import("../src/conformance/conformance-page.ts");

const page = readFileSync(file, "utf8");
const [head] = page.split("## Cases\n");
const text = `${head}## Cases\n\n${caseTable(cases)}\n`;
writeFileSync(file, await format(text, { parser: "markdown", printWidth: 100 }));
