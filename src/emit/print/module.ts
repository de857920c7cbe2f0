import type { EmitOptions } from "../options.js";
import type { GeneratedFile } from "../generated-file.js";
import { InternalFault } from "../internal-fault.js";
import type { Module, Name, Statement } from "./code.js";
import { render } from "./layout.js";
import { identifierText } from "./literal.js";
import {
  isPrinted,
  isPrintedAlike,
  StatementPrinter,
  type PrintedModules,
  type PrintedStatement,
} from "./printed-modules.js";
import { printImport, printStatement, type StatementScope } from "./statement.js";

export interface ModuleContext {
  readonly options: Pick<EmitOptions, "importExtension">;
  /** The lines at the top of the file. */
  readonly header: string;
  /** Whether two named types stand in one cycle. */
  readonly isRecursive?: ((type: string, reference: string) => boolean) | undefined;
}

/**
 * Prints a module. Imports come last: they are what the statements turned out to need.
 *
 * @param printed what earlier runs have printed, and need not be printed again
 */
export function printModule(
  module: Module,
  context: ModuleContext,
  printed?: PrintedModules,
): GeneratedFile {
  const { path, statements } = module;
  if (printed === undefined) return fileOf(module, context, textOf);
  const frame = frameOf(context);
  const known = printed.get(path);
  if (known !== undefined && isPrinted(known, frame, statements, recursionIn(context))) {
    return known.file;
  }
  const printer = new StatementPrinter(known?.frame === frame ? known.statements : [], textOf);
  const parts: PrintedStatement[] = [];
  const file = fileOf(module, context, (statement, scope) => {
    const part = printer.print(statement, scope);
    parts.push(part);
    return part.text;
  });
  const cyclic = parts.filter(({ asked }) => asked.some(({ about }) => about === "isRecursive"));
  printed.set(path, { frame, statements: parts, cyclic, file });
  return file;
}

/** The file of a module whose statements are known to be those that it was printed of last; undefined if it has to be printed. */
export function printedModule(
  path: string,
  context: ModuleContext,
  printed: PrintedModules,
): GeneratedFile | undefined {
  const known = printed.get(path);
  return known !== undefined && isPrintedAlike(known, frameOf(context), recursionIn(context))
    ? known.file
    : undefined;
}

const frameOf = ({ options, header }: ModuleContext): string =>
  `${options.importExtension} ${header}`;

const recursionIn =
  ({ isRecursive }: ModuleContext) =>
  (statement: Statement, reference: string): boolean =>
    isRecursive?.(nameOf(statement), reference) ?? false;

function fileOf(
  module: Module,
  context: ModuleContext,
  print: (statement: Statement, scope: StatementScope) => string,
): GeneratedFile {
  const scope = new ModuleScope(module, context);
  const statements: string[] = [];
  let body = "";
  let previous: Statement | undefined;
  for (const statement of module.statements) {
    scope.enter(statement);
    if (previous !== undefined) body += isExportList(previous, statement) ? "\n" : "\n\n";
    const text = print(statement, scope);
    statements.push(text);
    body += text;
    previous = statement;
  }
  if (statements.length === 0) statements.push((body = "export {};"));
  const imports = scope.imports();
  const head = imports.length === 0 ? "" : `${imports.join("\n")}\n\n`;
  return {
    path: `${module.path}.ts`,
    text: `${context.header}${head}${body}\n`,
    parts: [context.header, ...imports, ...statements],
  };
}

function textOf(statement: Statement, scope: StatementScope): string {
  try {
    return render(printStatement(statement, scope));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const name = nameOf(statement) || statement.kind;
    throw new InternalFault(`${name} is nested too deeply to be printed`);
  }
}

const nameOf = (statement: Statement): string => ("name" in statement ? statement.name : "");

const isExportList = (a: Statement, b: Statement): boolean =>
  a.kind === "re-export" && b.kind === "re-export";

interface Binding {
  readonly name: string;
  readonly local: string;
  typeOnly: boolean;
}

class ModuleScope implements StatementScope {
  readonly #path: string;
  readonly #context: ModuleContext;
  /** Names that mean something in this module, and where they come from (`""` for its own). */
  readonly #locals = new Map<string, string>();
  /** By the file they come from, then by name. */
  readonly #imports = new Map<string, Map<string, Binding>>();
  #entered = "";

  constructor(module: Module, context: ModuleContext) {
    this.#path = module.path;
    this.#context = context;
    for (const statement of module.statements) {
      if ("name" in statement) this.#locals.set(statement.name, "");
    }
  }

  enter(statement: Statement): void {
    this.#entered = nameOf(statement);
  }

  use({ name, from, typeOnly }: Name): string {
    if (from === undefined || from === this.#path) return identifierText(name);
    let bindings = this.#imports.get(from);
    if (bindings === undefined) this.#imports.set(from, (bindings = new Map<string, Binding>()));
    const known = bindings.get(name);
    if (known !== undefined) {
      known.typeOnly &&= typeOnly;
      return known.local;
    }
    let local = identifierText(name);
    while (this.#locals.has(local)) local += "_";
    this.#locals.set(local, from);
    bindings.set(name, { name, local, typeOnly });
    return local;
  }

  isRecursive(reference: string): boolean {
    return this.#context.isRecursive?.(this.#entered, reference) ?? false;
  }

  parameter(name: string): string {
    let free = name;
    while (this.#locals.has(free)) free += "_";
    return free;
  }

  /** `../kernel/index.js` from `mutations/x` to `kernel/index`. Both stand at most one folder deep. */
  specifier(path: string): string {
    const extension = { none: "", js: ".js", ts: ".ts" }[this.#context.options.importExtension];
    return `${this.#path.includes("/") ? "../" : "./"}${path}${extension}`;
  }

  /** The lines by which the module imports what was used. */
  imports(): readonly string[] {
    // Each laid out by itself: one that is too long would have the engine lay out all.
    const lines: string[] = [];
    const files = [...this.#imports].map(([from, bindings]) => ({
      specifier: this.specifier(from),
      bindings: [...bindings.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    }));
    files.sort((a, b) => (a.specifier < b.specifier ? -1 : 1));
    for (const { specifier, bindings } of files) {
      for (const typeOnly of [true, false]) {
        const names = bindings
          .filter((binding) => binding.typeOnly === typeOnly)
          .map(({ name, local }) => (name === local ? name : `${name} as ${local}`));
        if (names.length > 0) lines.push(render(printImport(names, specifier, typeOnly)));
      }
    }
    return lines;
  }
}
