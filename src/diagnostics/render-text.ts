import { codeFrame } from "./code-frame.js";
import type { Diagnostic } from "./diagnostic.js";
import {
  countSeverities,
  foldEqual,
  linesOf,
  locateDiagnostics,
  type Fold,
  type Located,
} from "./locate-diagnostics.js";
import { printable } from "./quote.js";
import type { RenderOptions, SourceView } from "./source-view.js";

export interface TextOptions extends RenderOptions {
  /** ANSI colours. The caller knows the terminal, the flags and the environment; nothing is looked up here. */
  readonly color?: boolean | undefined;
  /** How many are shown in full, 50 when absent. */
  readonly limit?: number | undefined;
}

type Style = "error" | "warning" | "dim" | "strong";
type Paint = (style: Style, text: string) => string;

const ansi: Record<Style, string> = { error: "31;1", warning: "33;1", dim: "2", strong: "1" };

/**
 * Diagnostics for people: sorted by place, equal ones folded, each with the very lines of the document. Ends with a line end;
 * empty for no diagnostics. Errors are never crowded out by warnings.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const paint: Paint = (style, text) =>
    options.color === true ? `\u001b[${ansi[style]}m${text}\u001b[0m` : text;
  const folds = foldEqual(locateDiagnostics(diagnostics, options.document));
  const shown = mostImportant(folds, options.limit ?? 50);
  const blocks = shown.map((fold) => block(fold, options.document, paint));
  const rest = folds.filter((fold) => !shown.includes(fold));
  if (rest.length > 0) blocks.push(`and ${String(rest.length)} more`);
  return `${blocks.join("\n\n")}\n`;
}

/** `3 errors, 1 warning`, or nothing. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings } = countSeverities(diagnostics);
  const parts = [];
  if (errors > 0) parts.push(`${String(errors)} error${errors === 1 ? "" : "s"}`);
  if (warnings > 0) parts.push(`${String(warnings)} warning${warnings === 1 ? "" : "s"}`);
  return parts.join(", ");
}

function mostImportant(folds: readonly Fold[], limit: number): Fold[] {
  if (folds.length <= limit) return [...folds];
  const errors = folds.filter((fold) => fold.first.diagnostic.severity === "error");
  const warnings = folds.filter((fold) => fold.first.diagnostic.severity !== "error");
  const chosen = new Set([...errors, ...warnings].slice(0, limit));
  return folds.filter((fold) => chosen.has(fold));
}

function block(fold: Fold, document: SourceView | null | undefined, paint: Paint): string {
  const { first } = fold;
  const { code, severity, message, help } = first.diagnostic;
  const lines = [
    `${paint(severity, `${severity} ${code}`)}  ${paint("strong", printable(message))}`,
  ];
  const place = placeLine(first);
  if (place !== "") lines.push(`  ${place}`);
  if (first.range) {
    lines.push(
      ...codeFrame(linesOf(first, document), first.range, {
        gutter: (text) => paint("dim", text),
        caret: (text) => paint(severity, text),
      }),
    );
  }
  for (const line of relatedLines(first)) lines.push(`  ${line}`);
  if (fold.more.length > 0) lines.push(`  ${moreLine(fold.more)}`);
  const explain = paint("dim", `mizan-gen explain ${code}`);
  lines.push(
    help === undefined ? `  help: ${explain}` : `  help: ${printable(help)}      ${explain}`,
  );
  return lines.join("\n");
}

function placeLine(located: Located): string {
  const { file, range, diagnostic } = located;
  const parts = [];
  if (file !== undefined) {
    const at = range ? `:${String(range.start.line)}:${String(range.start.column)}` : "";
    parts.push(`${printable(file)}${at}`);
  }
  if (diagnostic.pointer !== undefined) {
    parts.push(printable(diagnostic.pointer.slice(diagnostic.pointer.indexOf("#"))));
  }
  return parts.join("  ");
}

/** Messages `label: text` with the same label share a line. */
function relatedLines(located: Located): string[] {
  const lines = new Map<string, string[]>();
  for (const { message, file, range, pointer } of located.related) {
    const [, label = "see", text = message] = /^([^:"]{1,30}): (.+)$/s.exec(message) ?? [];
    const elsewhere = file !== undefined && file !== located.file ? `${file}:` : "";
    const place = range
      ? `${elsewhere === "" ? "line " : elsewhere}${String(range.start.line)}`
      : pointer;
    const entry = printable(`${text} (${place})`);
    const known = lines.get(label);
    if (known) known.push(entry);
    else lines.set(label, [entry]);
  }
  return [...lines].map(([label, entries]) => `${printable(label)}: ${entries.join(", ")}`);
}

function moreLine(more: readonly Located[]): string {
  const lines = more.flatMap(({ range }) => (range ? [String(range.start.line)] : []));
  const some = lines.slice(0, 5).join(", ");
  const dots = lines.length > 5 ? ", …" : "";
  const where =
    lines.length === 0 ? "" : ` (${lines.length === 1 ? "line" : "lines"} ${some}${dots})`;
  return `and ${String(more.length)} more like this${where}`;
}
