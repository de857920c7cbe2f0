import type { GeneratedFile } from "./generated-file.js";
import { InternalFault } from "./internal-fault.js";

/**
 * Proves that every TypeScript file parses, with the compiler that ts-morph brings (0.3 s to load, so only when something is to be
 * proven). Parsing a file by itself costs half of what a ts-morph project does (docs/decisions/003-printing-in-prettier-form.md).
 *
 * @throws InternalFault that names the first file that does not, and the place in it
 */
export async function proveFiles(files: readonly GeneratedFile[]): Promise<void> {
  const { ts } = await import("ts-morph");
  for (const { path, text } of files) {
    if (!path.endsWith(".ts") && !path.endsWith(".tsx")) continue;
    const parsed: import("ts-morph").ts.SourceFile & {
      /** Not in the public type, but there since TypeScript 1; a test would notice its absence. */
      readonly parseDiagnostics?: readonly import("ts-morph").ts.Diagnostic[];
    } = ts.createSourceFile(path, text, {
      languageVersion: ts.ScriptTarget.ES2022,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    });
    const [first] = parsed.parseDiagnostics ?? [];
    if (first === undefined) continue;
    const { line, character } = ts.getLineAndCharacterOfPosition(parsed, first.start ?? 0);
    const message = ts.flattenDiagnosticMessageText(first.messageText, "\n");
    throw new InternalFault(`${path}:${line + 1}:${character + 1} does not parse: ${message}`);
  }
}
