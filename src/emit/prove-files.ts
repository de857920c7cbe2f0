import type { ts as compiler } from "ts-morph";
import type { GeneratedFile } from "./generated-file.js";
import { InternalFault } from "./internal-fault.js";
import type { ProvenParts } from "./proven-parts.js";

/** `parseDiagnostics` is not in the public type, but there since TypeScript 1; a test would notice its absence. */
type ParsedFile = compiler.SourceFile & {
  readonly parseDiagnostics?: readonly compiler.Diagnostic[];
};

/**
 * Proves that every TypeScript file parses, with the compiler that ts-morph brings; the build leaves its parser of it
 * (docs/decisions/015-the-compilers-parser-alone.md). Parsing a file by itself costs half of what a ts-morph project does
 * (docs/decisions/003-printing-in-prettier-form.md).
 *
 * @param proven parts of large files that earlier runs of a watch have proven
 * @throws InternalFault that names the first file that does not, and the place in it
 */
export async function proveFiles(
  files: readonly GeneratedFile[],
  proven?: ProvenParts,
): Promise<void> {
  const { ts } = await import("ts-morph");
  for (const file of files) {
    if (!file.path.endsWith(".ts") && !file.path.endsWith(".tsx")) continue;
    if (proven === undefined || !areProvenByParts(ts, file, proven)) proveWhole(ts, file, proven);
  }
}

/** Whether each part parses, those that are new by themselves. Where one does not, the whole is to tell what is wrong. */
function areProvenByParts(
  ts: typeof compiler,
  { path, text, parts = [] }: GeneratedFile,
  proven: ProvenParts,
): boolean {
  const unproven = proven.unproven(path, parts);
  if (unproven === null || unproven.length > parts.length / 2) return false;
  if (placesOf(text, parts) === null) return false;
  if (!unproven.every((part) => faultsOf(parse(ts, path, part)).length === 0)) return false;
  proven.prove(path, parts);
  return true;
}

function proveWhole(
  ts: typeof compiler,
  { path, text, parts = [] }: GeneratedFile,
  proven: ProvenParts | undefined,
): void {
  const parsed = parse(ts, path, text);
  const [first] = faultsOf(parsed);
  if (first === undefined) return proven?.prove(path, wholeStatements(parsed, parts));
  const { line, character } = ts.getLineAndCharacterOfPosition(parsed, first.start ?? 0);
  const message = ts.flattenDiagnosticMessageText(first.messageText, "\n");
  throw new InternalFault(`${path}:${line + 1}:${character + 1} does not parse: ${message}`);
}

/** The parts that begin where a statement of the file ends, and end where one ends. */
function wholeStatements({ text, statements }: ParsedFile, parts: readonly string[]): string[] {
  const ends = new Set(statements.map(({ end }) => end));
  const places = placesOf(text, parts) ?? [];
  return parts.filter((part, index) => {
    const [start, before] = [places[index], places[index - 1]];
    if (start === undefined || before === undefined) return false;
    return ends.has(before + (parts[index - 1] ?? "").length) && ends.has(start + part.length);
  });
}

/** Where in the text each part stands; null when there is more in it than the parts, in order, with line ends between them. */
function placesOf(text: string, parts: readonly string[]): readonly number[] | null {
  const places: number[] = [];
  let position = 0;
  for (const part of parts) {
    while (text.startsWith("\n", position)) position++;
    if (!text.startsWith(part, position)) return null;
    places.push(position);
    position += part.length;
  }
  return /^\n*$/.test(text.slice(position)) ? places : null;
}

const faultsOf = ({ parseDiagnostics }: ParsedFile): readonly compiler.Diagnostic[] =>
  parseDiagnostics ?? [];

function parse(ts: typeof compiler, path: string, text: string): ParsedFile {
  try {
    return ts.createSourceFile(path, text, {
      languageVersion: ts.ScriptTarget.ES2022,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InternalFault(`${path} is nested too deeply for TypeScript`);
  }
}
