import { catalogue, isDiagnosticCode, severityOf, type CatalogueEntry } from "./catalogue.js";

/** A page of `docs/diagnostics/`, by its file name. */
export interface Page {
  readonly name: string;
  readonly text: string;
}

const families: readonly [title: string, pattern: RegExp][] = [
  ["Reading the document", /^.0[0-4]\d$/],
  ["Command line, config, output", /^.0[5-9]\d$/],
  ["The contract", /^.1/],
  ["Merges and references to contexts", /^.2/],
  ["Schemas, and keys of entries", /^.3/],
  ["Other", /^.[4-8]/],
  ["Our own faults", /^.9/],
];

/** One page a code, and an index by family; the source of `docs/diagnostics/` (scripts/diagnostics-docs.mjs). */
export function diagnosticPages(): Page[] {
  const codes = Object.keys(catalogue).filter(isDiagnosticCode);
  const pages = codes.map((code): Page => {
    const entry: CatalogueEntry = catalogue[code];
    const parts = [
      `# ${code}: ${entry.title}`,
      `Severity: ${severityOf(code)}`,
      entry.cause,
      `## What to do\n\n${entry.fix}`,
    ];
    if (entry.example) parts.push(`\`\`\`text\n${entry.example.join("\n")}\n\`\`\``);
    return { name: `${code}.md`, text: `${parts.join("\n\n")}\n` };
  });
  const index = families.flatMap(([title, pattern]) => {
    const rows = codes
      .filter((code) => pattern.test(code))
      .map((code) => `- [${code}](${code}.md): ${catalogue[code].title}`);
    return rows.length === 0 ? [] : [`## ${title}\n\n${rows.join("\n")}`];
  });
  return [...pages, { name: "codes.md", text: `# Diagnostics by code\n\n${index.join("\n\n")}\n` }];
}
