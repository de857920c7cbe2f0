import { quote } from "../../diagnostics/quote.js";
import type { JsonValue } from "../document.js";
import { maxDuplicates, maxNesting, type ParseResult } from "../parsed-file.js";
import type { Problem } from "../problem.js";
import { TextLines } from "../text-lines.js";
import { findJsonFault } from "./find-json-fault.js";
import { JsonLocator } from "./locate-json.js";
import { ParsedJson } from "./parsed-json.js";
import { scanJson } from "./scan-json.js";

/** What `parseJson` gives. */
export interface JsonResult extends ParseResult {
  readonly parsed: ParsedJson | null;
}

/**
 * Reads a JSON text (RFC 8259, nothing more). `JSON.parse` makes the values; a pass over the text and one over the values find
 * what it hides: nesting, duplicate keys, numbers that a double does not hold. Places are found when asked for.
 *
 * @param nesting how deep it may nest, for a text that is part of another
 */
export function parseJson(text: string, nesting = maxNesting): JsonResult {
  const outline = scanJson(text, nesting);
  if (outline.tooDeepAt !== -1) {
    return { parsed: null, problems: [tooDeep(outline.tooDeepAt)] };
  }
  let root: JsonValue;
  try {
    root = JSON.parse(text) as JsonValue;
  } catch (error) {
    return { parsed: null, problems: [findJsonFault(text) ?? unknownFault(error)] };
  }
  const problems = outline.members === countMembers(root) ? [] : duplicates(text);
  return { parsed: new ParsedJson(text, root, outline.longNumbers), problems };
}

export function tooDeep(offset: number): Problem {
  return {
    code: "E007",
    message: `objects and arrays are nested more than ${String(maxNesting)} levels deep`,
    start: offset,
    end: offset + 1,
    help: "write recursive types as references instead of inlining them",
  };
}

/** Members of all objects of a value; a key that stood twice in the text counts once here. */
function countMembers(root: JsonValue): number {
  let members = 0;
  const pending: JsonValue[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const inner: readonly JsonValue[] = Array.isArray(value) ? value : Object.values(value);
    if (inner !== value) members += inner.length;
    for (const item of inner) {
      if (typeof item === "object" && item !== null) pending.push(item);
    }
  }
  return members;
}

function duplicates(text: string): Problem[] {
  const lines = new TextLines(text);
  const problems: Problem[] = [];
  for (const { key, first, again } of JsonLocator.duplicateKeys(text)) {
    const line = lines.positionAt(first.start).line;
    problems.push({
      code: "E006",
      message: `the key ${quote(key)} stands twice in one object, first in line ${String(line)}`,
      start: again.start,
      end: again.end,
      help: "remove one of the two, or rename it",
    });
    if (problems.length === maxDuplicates) break;
  }
  return problems;
}

function unknownFault(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  return { code: "E004", message: `not valid JSON: ${message}`, start: 0, end: 0 };
}
