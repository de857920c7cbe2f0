import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../config/resolve-project.js";
import type { Diagnostic, Position } from "../diagnostics/diagnostic.js";
import type { TemplateFault } from "../emit/stage2/template-fault.js";
import { nameFrom } from "../diagnostics/name-from.js";

/** What is wrong with a template, with its file and, where the fault has a place, the line. */
export function templateFinding(
  { code, template, message, line, help }: TemplateFault,
  { templates = "" }: Project,
  cwd: string,
): Diagnostic {
  const path = join(templates, template);
  const finding = { code, severity: "error", message, help, file: nameFrom(cwd, path) } as const;
  if (line === undefined) return finding;
  const text = readLine(path, line);
  const start: Position = { line, column: 1 };
  const end: Position = { line, column: text.length + 1 };
  return { ...finding, range: { start, end }, excerpt: [{ line, column: 1, text }] };
}

function readLine(path: string, line: number): string {
  try {
    return readFileSync(path, "utf8").split(/\r?\n/)[line - 1] ?? "";
  } catch {
    return "";
  }
}
