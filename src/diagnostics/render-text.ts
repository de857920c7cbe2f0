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
  /** Show warnings of one code one by one, however many there are. */
  readonly each?: boolean | undefined;
}

/** So many warnings of one code are shown with their own texts; with more of them the first is shown, and where the others are. */
const mostOfOneCode = 3;

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
  const groups = options.each === true ? folds.map((fold) => [fold] as const) : byCode(folds);
  const shown = mostImportant(groups, options.limit ?? 50);
  const blocks = shown.map((group) => block(group, options.document, paint));
  const rest = groups.length - shown.length;
  if (rest > 0) blocks.push(`and ${String(rest)} more`);
  return `${blocks.join("\n\n")}\n`;
}

/** `3 errors, 1 warning`, with the codes where there are many warnings: `24 warnings (21 W301, 3 W309)`; or nothing. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings } = countSeverities(diagnostics);
  const parts = [];
  if (errors > 0) parts.push(`${String(errors)} error${errors === 1 ? "" : "s"}`);
  if (warnings > 0) {
    const codes = warnings > mostOfOneCode ? ` (${countCodes(diagnostics)})` : "";
    parts.push(`${String(warnings)} warning${warnings === 1 ? "" : "s"}${codes}`);
  }
  return parts.join(", ");
}

/** The codes of warnings, the most frequent first. */
function countCodes(diagnostics: readonly Diagnostic[]): string {
  const counts = new Map<string, number>();
  for (const { code, severity } of diagnostics) {
    if (severity !== "error") counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const [first, ...others] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (first !== undefined && others.length === 0) return `all ${first[0]}`;
  const all = first === undefined ? others : [first, ...others];
  return all.map(([code, count]) => `${String(count)} ${code}`).join(", ");
}

/** What is shown as one: a diagnostic, or all warnings of one code where there are many. */
type Group = readonly [Fold, ...Fold[]];

/** In the order of the first of each. */
function byCode(folds: readonly Fold[]): Group[] {
  const warnings = new Map<string, [Fold, ...Fold[]]>();
  for (const fold of folds) {
    const { code, severity } = fold.first.diagnostic;
    if (severity === "error") continue;
    const same = warnings.get(code);
    if (same) same.push(fold);
    else warnings.set(code, [fold]);
  }
  return folds.flatMap((fold): Group[] => {
    const same = warnings.get(fold.first.diagnostic.code);
    if (!same || same.length <= mostOfOneCode) return [[fold]];
    return same[0] === fold ? [same] : [];
  });
}

function mostImportant(groups: readonly Group[], limit: number): readonly Group[] {
  if (groups.length <= limit) return groups;
  const isError = ([fold]: Group): boolean => fold.first.diagnostic.severity === "error";
  const errors = groups.filter(isError);
  const warnings = groups.filter((group) => !isError(group));
  const chosen = new Set([...errors, ...warnings].slice(0, limit));
  return groups.filter((group) => chosen.has(group));
}

function block(
  [fold, ...others]: Group,
  document: SourceView | null | undefined,
  paint: Paint,
): string {
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
  const also = others.slice(0, mostOfOneCode - 1);
  for (const other of also) lines.push(`  ${alsoLine(other.first, first)}`);
  const more = [
    ...fold.more,
    ...also.flatMap((other) => other.more),
    ...others.slice(also.length).flatMap((other) => [other.first, ...other.more]),
  ];
  if (more.length > 0) lines.push(`  ${moreLine(more)}`);
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

/** Another warning of the same code: where it is, and its own text. */
function alsoLine({ file, range, diagnostic }: Located, first: Located): string {
  const elsewhere = file !== undefined && file !== first.file ? `${printable(file)}:` : "";
  const line = range ? `${elsewhere === "" ? "line " : elsewhere}${String(range.start.line)}` : "";
  return `also ${line === "" ? "" : `${line}: `}${printable(diagnostic.message)}`;
}

function moreLine(more: readonly Located[]): string {
  const lines = more.flatMap(({ range }) => (range ? [String(range.start.line)] : []));
  const some = lines.slice(0, 5).join(", ");
  const dots = lines.length > 5 ? ", …" : "";
  const where =
    lines.length === 0 ? "" : ` (${lines.length === 1 ? "line" : "lines"} ${some}${dots})`;
  return `and ${String(more.length)} more like this${where}`;
}
