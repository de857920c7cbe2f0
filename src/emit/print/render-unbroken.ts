import type { builders } from "prettier/doc";

type Doc = builders.Doc;

/** Characters may be wider than one column, or have no width at all. */
const beyondAscii = /[^\n -~]/;

/**
 * Lays out a document in which only what must break breaks, and every line fits; null for any other, which is for the layout engine to
 * decide. It is what most statements are, and this is several times cheaper. The engine would give the same text: it breaks a group only
 * when it must, or when the line that the group stands on is too long, and here no line is.
 */
export function renderUnbroken(doc: Doc, width: number): string | null {
  const parts: string[] = [];
  let column = 0;
  let fits = true;

  const put = (text: string): boolean => {
    parts.push(text);
    column += text.length;
    if (column > width) fits = false;
    return fits;
  };

  /** All on the present line; false when something in it must break, or the line is too long. */
  const flat = (one: Doc): boolean => {
    if (typeof one === "string") return put(one);
    if (Array.isArray(one)) {
      for (const part of one) if (!flat(part)) return false;
      return true;
    }
    switch (one.type) {
      case "group":
        return !one.break && flat(one.contents);
      case "indent":
      case "align":
        return flat(one.contents);
      case "line":
        return one.hard !== true && put(one.soft === true ? "" : " ");
      case "if-break":
        return flat(one.flatContents);
      case "fill":
        return flat(one.parts);
      default:
        return "contents" in one ? flat(one.contents) : false;
    }
  };

  const broken = (one: Doc, indentation: number): boolean => {
    if (typeof one === "string") return put(one);
    if (Array.isArray(one)) {
      for (const part of one) if (!broken(part, indentation)) return false;
      return true;
    }
    switch (one.type) {
      case "group": {
        const [length, start] = [parts.length, column];
        if (!one.break && flat(one.contents)) return true;
        parts.length = length;
        column = start;
        return fits && broken(one.contents, indentation);
      }
      case "indent":
        return broken(one.contents, indentation + 2);
      case "align":
        return typeof one.n === "number" && broken(one.contents, indentation + one.n);
      case "line":
        // The engine would remove the space.
        if (parts.at(-1)?.endsWith(" ") === true) return (fits = false);
        parts.push(`\n${" ".repeat(indentation)}`);
        column = indentation;
        return true;
      case "if-break":
        return broken(one.breakContents, indentation);
      case "break-parent":
        return true;
      default:
        return "contents" in one ? broken(one.contents, indentation) : (fits = false);
    }
  };

  if (!broken(doc, 0)) return null;
  const text = parts.join("");
  return beyondAscii.test(text) ? null : text;
}
