import type { ts as compiler } from "ts-morph";
import type { GeneratedFile } from "./generated-file.js";
import { InternalFault } from "./internal-fault.js";

/** `parseDiagnostics` is not in the public type, but there since TypeScript 1; a test would notice its absence. */
type ParsedFile = compiler.SourceFile & {
  readonly parseDiagnostics?: readonly compiler.Diagnostic[];
};

/**
 * Proves that every TypeScript file parses, with the compiler that ts-morph brings; the build leaves its parser of it
 * (docs/decisions/015-the-compilers-parser-alone.md). Parsing a file by itself costs half of what a ts-morph project does
 * (docs/decisions/003-printing-in-prettier-form.md).
 *
 * @throws InternalFault that names the first file that does not, and the place in it
 */
export async function proveFiles(files: readonly GeneratedFile[]): Promise<void> {
  const { ts } = await import("ts-morph");
  for (const { path, text } of files) {
    if (!path.endsWith(".ts") && !path.endsWith(".tsx")) continue;
    const parsed = parse(ts, path, text);
    const [first] = parsed.parseDiagnostics ?? [];
    if (first === undefined) continue;
    const { line, character } = ts.getLineAndCharacterOfPosition(parsed, first.start ?? 0);
    const message = ts.flattenDiagnosticMessageText(first.messageText, "\n");
    throw new InternalFault(`${path}:${line + 1}:${character + 1} does not parse: ${message}`);
  }
}

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
