import type { GeneratedFile } from "../generated-file.js";
import { keepPaths } from "../keep-paths.js";
import type { Name, Statement } from "./code.js";
import { isSameData } from "../../ir/same-data.js";
import type { StatementScope } from "./statement.js";

/** A question of a statement to its scope, and the answer that its text holds. */
type Asked =
  | { readonly about: "use"; readonly of: Name; readonly answer: string }
  | { readonly about: "parameter"; readonly of: string; readonly answer: string }
  | { readonly about: "isRecursive"; readonly of: string; readonly answer: boolean };

export interface PrintedStatement {
  readonly statement: Statement;
  readonly text: string;
  readonly asked: readonly Asked[];
}

export interface PrintedModule {
  /** What the text depends on beside the statements: the lines at the top, the spelling of imports. */
  readonly frame: string;
  readonly statements: readonly PrintedStatement[];
  /** Those of them that asked for cycles. */
  readonly cyclic: readonly PrintedStatement[];
  readonly file: GeneratedFile;
}

/**
 * The modules of one client as they were printed last, for the next run of a watch: a module of the same statements is the same file
 * (the very object), and of any other only the statements that are new are printed.
 */
export class PrintedModules {
  readonly #modules = new Map<string, PrintedModule>();

  get(path: string): PrintedModule | undefined {
    return this.#modules.get(path);
  }

  set(path: string, module: PrintedModule): void {
    this.#modules.set(path, module);
  }

  /** Forgets the modules that the client no longer has. */
  keep(paths: readonly string[]): void {
    keepPaths(this.#modules, paths);
  }
}

type IsRecursive = (statement: Statement, reference: string) => boolean;

/**
 * Whether a module of the same statements would be printed as it was. What names are called in it is up to its statements, so only
 * cycles are asked for.
 */
export function isPrintedAlike(
  known: PrintedModule,
  frame: string,
  isRecursive: IsRecursive,
): boolean {
  return (
    known.frame === frame &&
    known.cyclic.every(({ statement, asked }) =>
      asked.every(
        (one) => one.about !== "isRecursive" || isRecursive(statement, one.of) === one.answer,
      ),
    )
  );
}

/** Whether a module would be printed as it was. */
export function isPrinted(
  known: PrintedModule,
  frame: string,
  statements: readonly Statement[],
  isRecursive: IsRecursive,
): boolean {
  return (
    known.statements.length === statements.length &&
    known.statements.every(({ statement }, index) => isSameData(statement, statements[index])) &&
    isPrintedAlike(known, frame, isRecursive)
  );
}

/** Prints the statements that were not printed before, or whose scope would answer otherwise now. */
export class StatementPrinter {
  readonly #before: ReadonlyMap<string, PrintedStatement>;
  readonly #print: (statement: Statement, scope: StatementScope) => string;

  constructor(
    before: readonly PrintedStatement[],
    print: (statement: Statement, scope: StatementScope) => string,
  ) {
    this.#before = new Map(before.map((one) => [nameOf(one.statement), one]));
    this.#print = print;
  }

  print(statement: Statement, scope: StatementScope): PrintedStatement {
    const known = this.#before.get(nameOf(statement));
    // Asking again has the scope note the same imports in the same order.
    if (
      known !== undefined &&
      isSameData(known.statement, statement) &&
      known.asked.every((one) => answerTo(one, scope) === one.answer)
    ) {
      return known;
    }
    const asked: Asked[] = [];
    return { statement, text: this.#print(statement, listening(scope, asked)), asked };
  }
}

function nameOf(statement: Statement): string {
  if ("name" in statement) return `${statement.kind} ${statement.name}`;
  return statement.kind === "re-export"
    ? `${statement.from} ${String(statement.typeOnly)}`
    : statement.names.map(({ name }) => name).join();
}

function answerTo({ about, of }: Asked, scope: StatementScope): string | boolean {
  if (about === "use") return scope.use(of);
  return about === "parameter" ? scope.parameter(of) : scope.isRecursive(of);
}

function listening(scope: StatementScope, asked: Asked[]): StatementScope {
  return {
    use(of) {
      const answer = scope.use(of);
      asked.push({ about: "use", of, answer });
      return answer;
    },
    parameter(of) {
      const answer = scope.parameter(of);
      asked.push({ about: "parameter", of, answer });
      return answer;
    },
    isRecursive(of) {
      const answer = scope.isRecursive(of);
      asked.push({ about: "isRecursive", of, answer });
      return answer;
    },
    specifier: (path) => scope.specifier(path),
  };
}
