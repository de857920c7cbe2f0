import type { Diagnostic, Pointer, Range, SourceLine } from "./diagnostic.js";
import { fileOfPointer, nameOfFile } from "./file-of-pointer.js";
import type { SourceView } from "./source-view.js";

/** A place as a reader looks for it. */
export interface Place {
  /** Undefined when the finding is about no file. */
  readonly file: string | undefined;
  readonly range: Range | undefined;
}

/** A diagnostic with its places looked up. */
export interface Located extends Place {
  readonly diagnostic: Diagnostic;
  readonly related: readonly (Place & { readonly message: string; readonly pointer: Pointer })[];
}

/** Looks up all places, and sorts: what is about no place first, then by file (the document itself before others), line, column. */
export function locateDiagnostics(
  diagnostics: readonly Diagnostic[],
  document: SourceView | null | undefined,
): Located[] {
  const located = diagnostics.map((diagnostic): Located => {
    const related = (diagnostic.related ?? []).map((other) => ({
      ...placeOf(other.pointer, "value", document),
      ...other,
    }));
    return { diagnostic, ...placeOfDiagnostic(diagnostic, document), related };
  });
  return located.sort((a, b) => compare(a, b, document?.name));
}

/** Diagnostics that say the same of several places, as the first of them; in the order of the first. */
export interface Fold {
  readonly first: Located;
  readonly more: readonly Located[];
}

export function foldEqual(located: readonly Located[]): Fold[] {
  const folds = new Map<string, { first: Located; more: Located[] }>();
  for (const item of located) {
    const { code, severity, message, help } = item.diagnostic;
    const key = JSON.stringify([code, severity, message, help, item.file]);
    const fold = folds.get(key);
    if (fold) fold.more.push(item);
    else folds.set(key, { first: item, more: [] });
  }
  return [...folds.values()];
}

/** The source line of a place and the one before it, from the document or from what the reader kept of a broken text. */
export function linesOf(
  located: Located,
  document: SourceView | null | undefined,
): readonly SourceLine[] {
  if (located.diagnostic.excerpt) return located.diagnostic.excerpt;
  if (!located.range) return [];
  const { line } = located.range.start;
  return [line - 1, line].flatMap((number) => {
    const text = document?.lineAt(number, located.file);
    return text === undefined ? [] : [{ line: number, column: 1, text }];
  });
}

export function countSeverities(diagnostics: readonly Diagnostic[]): {
  errors: number;
  warnings: number;
} {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  return { errors, warnings: diagnostics.length - errors };
}

function placeOfDiagnostic(diagnostic: Diagnostic, document: SourceView | null | undefined): Place {
  const { file, pointer, range, part } = diagnostic;
  if (range) return { file: file ?? document?.name, range };
  if (pointer === undefined) return { file, range: undefined };
  const place = placeOf(pointer, part ?? "value", document);
  return { file: file ?? place.file, range: place.range };
}

/**
 * Where a pointer leads, in the document or in a file that it refers to. Something that is not there (a member that is missing) has the
 * place of what should hold it.
 */
export function placeOf(
  pointer: Pointer,
  part: "key" | "value",
  document: SourceView | null | undefined,
): Place {
  if (!document) return { file: undefined, range: undefined };
  const file = nameOfFile(document.name, fileOfPointer(pointer));
  const root = pointer.indexOf("#") + 1;
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const range = document.rangeOf(at, at === pointer ? part : "value");
    if (range || at.length <= root) return { file, range };
  }
}

function compare(a: Located, b: Located, documentName: string | undefined): number {
  return (
    order(fileRank(a, documentName), fileRank(b, documentName)) ||
    order(a.file ?? "", b.file ?? "") ||
    order(a.range?.start.line ?? 0, b.range?.start.line ?? 0) ||
    order(a.range?.start.column ?? 0, b.range?.start.column ?? 0) ||
    order(a.diagnostic.code, b.diagnostic.code) ||
    order(a.diagnostic.message, b.diagnostic.message)
  );
}

function fileRank(located: Located, documentName: string | undefined): number {
  if (located.file === undefined) return 0;
  return located.file === documentName ? 1 : 2;
}

function order(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
