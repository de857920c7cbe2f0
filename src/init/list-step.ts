import { readTextIfThere } from "./read-text.js";
import type { Step } from "./step.js";
import { styleOf } from "./text-style.js";

export interface Lines {
  readonly file: string;
  readonly lines: readonly string[];
  /** What makes two lines the same. */
  readonly same: (line: string) => string;
}

/** Adds lines to a file that is a list of lines (`.gitattributes`, `.prettierignore`), or makes the file. */
export function listStep({ file, lines, same }: Lines): Step {
  const before = readTextIfThere(file);
  const known = new Set((before ?? "").split(/\r?\n/).map((line) => same(line.trim())));
  const missing = lines.filter((line) => !known.has(same(line)));
  if (missing.length === 0) return { action: "keep", file, about: lines.join(", ") };
  const about = missing.join(", ");
  if (before === null) return { action: "create", file, about, text: `${missing.join("\n")}\n` };
  const { eol } = styleOf(before);
  const gap = before === "" || before.endsWith("\n") ? "" : eol;
  const text = `${before}${gap}${missing.map((line) => line + eol).join("")}`;
  return { action: "edit", file, about, before, text };
}
