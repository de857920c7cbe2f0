import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Position } from "../diagnostics/diagnostic.js";
import { TextLines } from "../document/text-lines.js";
import type { ConfigPlace } from "./config-error.js";

/**
 * Where in a config that is a module an error arose, as far as the error tells: the transformer ends its message with
 * `file:line:column` (columns from 0), and whatever was thrown has the file in its stack.
 */
export function placeInModule(
  file: string,
  { message, stack = "" }: Error,
): ConfigPlace | undefined {
  const told = positionAfter(message, file);
  const found =
    told ?? positionAfter(stack, pathToFileURL(file).href) ?? positionAfter(stack, file);
  if (found === undefined) return undefined;
  const lines = new TextLines(readFileSync(file, "utf8"));
  const { line } = found;
  const text = lines.line(line);
  if (text === undefined) return undefined;
  // A stack tells where the expression began that failed, of the transformed text: the line is right, the column need not be.
  const column = told !== undefined ? told.column + 1 : text.length - text.trimStart().length + 1;
  const end = told === undefined ? text.trimEnd().length + 1 : column + 1;
  const range = { start: { line, column }, end: { line, column: Math.max(end, column) } };
  return { range, excerpt: lines.excerpt(range) };
}

function positionAfter(text: string, name: string): Position | undefined {
  const at = text.indexOf(`${name}:`);
  const found = at === -1 ? null : /^:(\d+):(\d+)/.exec(text.slice(at + name.length));
  return found === null ? undefined : { line: Number(found[1]), column: Number(found[2]) };
}
