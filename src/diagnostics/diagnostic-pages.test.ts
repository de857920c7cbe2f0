import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue.js";
import { diagnosticPages } from "./diagnostic-pages.js";

const folder = resolve(import.meta.dirname, "../../docs/diagnostics");

describe("docs/diagnostics", () => {
  it("is what the catalogue says (renew with: node scripts/diagnostics-docs.mjs)", () => {
    for (const { name, text } of diagnosticPages()) {
      expect({
        name,
        text: readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n"),
      }).toEqual({ name, text });
    }
  });

  it("has a page for every code, in the index too, and none for others", () => {
    const files = readdirSync(folder).filter((name) => name !== "README.md" && name !== "codes.md");
    expect(files.toSorted()).toEqual(Object.keys(catalogue).map((code) => `${code}.md`));
    const index = diagnosticPages().at(-1)?.text ?? "";
    for (const code of Object.keys(catalogue)) expect(index).toContain(`- [${code}](${code}.md): `);
  });
});
