import { catalogue, isDiagnosticCode, type CatalogueEntry } from "./catalogue.js";
import { printable } from "./quote.js";
import { didYouMean, suggest } from "./suggest.js";

/** What `mizan-gen explain <code>` prints: title, cause, fix and example, wrapped at 80 columns. Undefined for no such code. */
export function explain(code: string): string | undefined {
  const known = code.trim().toUpperCase();
  if (!isDiagnosticCode(known)) return undefined;
  const entry: CatalogueEntry = catalogue[known];
  const parts = [`${known}  ${entry.title}`, wrap(entry.cause), wrap(entry.fix)];
  if (entry.example) parts.push(entry.example.map((line) => `    ${line}`.trimEnd()).join("\n"));
  return `${parts.join("\n\n")}\n`;
}

/** One line for a code that does not exist, with the nearest that does. */
export function unknownCode(code: string): string {
  const near = suggest(code.trim().toUpperCase(), Object.keys(catalogue));
  return `there is no diagnostic ${printable(JSON.stringify(code))}${didYouMean(near)}`;
}

function wrap(text: string, width = 80): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.join("\n");
}
