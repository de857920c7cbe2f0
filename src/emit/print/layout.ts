import { builders, printer } from "prettier/doc";
import { renderUnbroken } from "./render-unbroken.js";

/**
 * The layout engine is prettier's own (`prettier/doc`: 58 kB, 4 ms to load, no parser): it decides what fits into a line. What the
 * documents look like, and where they may break, is ours; tests prove that prettier would change nothing of the result.
 */
export type Doc = builders.Doc;

export const {
  align,
  breakParent,
  conditionalGroup,
  fill,
  group,
  hardline,
  ifBreak,
  indent,
  indentIfBreak,
  join,
  line,
  softline,
} = builders;

export const printWidth = 100;

/** Lays a document out as text, from column 0. */
export function render(doc: Doc): string {
  return (
    renderUnbroken(doc, printWidth) ??
    printer.printDocToString(doc, { printWidth, tabWidth: 2, useTabs: false }).formatted
  );
}

/** Whether a text takes at most so many columns. Letters of some scripts take two, or none: the engine knows. */
export function fitsInto(text: string, columns: number): boolean {
  if (/^[ -~]*$/.test(text)) return text.length <= columns;
  const probe = group([text, softline]);
  const options = { printWidth: columns, tabWidth: 2 };
  return !printer.printDocToString(probe, options).formatted.includes("\n");
}

/** `before open a, b close`: all on one line, or each on its own with a comma after the last where `trailing` asks for it. */
export function commaList(open: string, items: readonly Doc[], trailing: Doc, close: string): Doc {
  return [open, indent([softline, join([",", line], [...items])]), trailing, softline, close];
}

/** `left =` and `right`: moves `right` to the next line only when not even its beginning fits. */
export function assign(left: Doc, operator: string, right: Doc): Doc {
  const groupId = Symbol("assignment");
  return group([
    group(left),
    operator,
    group(indent(line), { id: groupId }),
    indentIfBreak(right, { groupId }),
  ]);
}

/** `left =` and `right` that has no place to break inside: on the next line when it does not fit. */
export function assignAtomic(left: Doc, operator: string, right: Doc): Doc {
  return group([group(left), operator, group(indent([line, right]))]);
}

/** `left =` and `right`, always on one line. */
export function assignShort(left: Doc, operator: string, right: Doc): Doc {
  return group([group(left), operator, " ", right]);
}
