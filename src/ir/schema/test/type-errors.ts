import ts from "typescript";

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
  skipLibCheck: true,
};

/** What the compiler says of some modules, each with its text: all checked in one program. */
export function typeErrors(sources: readonly string[]): string[] {
  const texts = new Map(sources.map((text, index) => [`/m${index}.ts`, text]));
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    getSourceFile: (name, ...rest) => {
      const text = texts.get(name);
      return text === undefined
        ? files.getSourceFile(name, ...rest)
        : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
    },
    fileExists: (name) => texts.has(name) || files.fileExists(name),
    readFile: (name) => texts.get(name) ?? files.readFile(name),
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    const source = texts.get(diagnostic.file?.fileName ?? "") ?? "";
    const start = source.lastIndexOf("\n", diagnostic.start ?? 0) + 1;
    const line = source.slice(start).split("\n")[0] ?? "";
    return `TS${diagnostic.code} ${text}\nat ${line}\nin ${source}`;
  });
}
