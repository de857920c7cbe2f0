import { posix } from "node:path";
import ts from "typescript";

/**
 * Without `exactOptionalPropertyTypes`: with it the compiler lets `{ a?: 1 }` pass for one variant of a union that asks for `a`, and tells
 * an absent member from an undefined one, which JSON does not.
 */
const options: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
  skipLibCheck: true,
};

/** What the compiler says of modules that exist in memory alone: by path, the numbers (from 0) of the lines it objects to. */
export function wrongLines(sources: ReadonlyMap<string, string>): Map<string, Set<number>> {
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    getSourceFile: (name, ...rest) => {
      const text = sources.get(name);
      return text === undefined
        ? files.getSourceFile(name, ...rest)
        : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
    },
    fileExists: (name) => sources.has(name) || files.fileExists(name),
    readFile: (name) => sources.get(name) ?? files.readFile(name),
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => {
        // All clients have the same kernel, so one is enough.
        const path = text.endsWith("/kernel/index.js")
          ? "/kernel/index.ts"
          : posix.join(posix.dirname(containing), text).replace(/\.js$/, ".ts");
        return {
          resolvedModule: sources.has(path)
            ? { resolvedFileName: path, extension: ts.Extension.Ts }
            : undefined,
        };
      }),
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  const wrong = new Map<string, Set<number>>();
  for (const { file, start = 0, messageText } of ts.getPreEmitDiagnostics(program)) {
    if (file === undefined) throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    const lines = wrong.get(file.fileName) ?? new Set();
    wrong.set(file.fileName, lines.add(file.getLineAndCharacterOfPosition(start).line));
  }
  return wrong;
}
