import type { Name, Parameter, Statement } from "./code.js";
import { docComment } from "./doc-comment.js";
import {
  assign,
  assignAtomic,
  commaList,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  line,
} from "./layout.js";
import type { Doc } from "./layout.js";
import { identifierText, stringText } from "./literal.js";
import { TypePrinter, type TypeScope } from "./type.js";
import { assignValue, printCall, type ValueScope } from "./value.js";

export interface StatementScope extends TypeScope {
  /** The specifier by which this module imports another file of the output. */
  specifier(path: string): string;
  /** A name for a parameter that hides nothing that the module declares. */
  parameter(name: string): string;
}

const plain = { position: "in", readonly: false } as const;

/** One statement of a module, with its doc comment, without the line end. */
export function printStatement(statement: Statement, scope: StatementScope): Doc {
  switch (statement.kind) {
    case "alias":
      return [...comment(statement), printAlias(statement, scope)];
    case "const":
      return [...comment(statement), printConst(statement, scope)];
    case "function":
      return [...comment(statement), printFunction(statement, scope)];
    case "pass-on": {
      const names = statement.names.map((name) => exportedAs(name, scope));
      return ["export type ", printNames(names), ";"];
    }
    case "re-export": {
      const { from, names, typeOnly } = statement;
      const list = names === "*" ? "*" : printNames(names.map(identifierText));
      const specifier = stringText(scope.specifier(from));
      return [typeOnly ? "export type " : "export ", list, " from ", specifier, ";"];
    }
  }
}

/** `import { a, b } from "./x.js";` */
export function printImport(names: readonly string[], specifier: string, typeOnly: boolean): Doc {
  const keyword = typeOnly ? "import type " : "import ";
  return [keyword, printNames(names), " from ", stringText(specifier), ";"];
}

/** A lone name never breaks its braces. */
export function printNames(names: readonly string[]): Doc {
  if (names.length === 1) return ["{ ", ...names, " }"];
  return group(["{", indent([line, join([",", line], [...names])]), ifBreak(","), line, "}"]);
}

function exportedAs(name: Name, scope: StatementScope): string {
  const local = scope.use(name);
  return local === name.name ? local : `${local} as ${name.name}`;
}

function comment(statement: Extract<Statement, { docs?: unknown }>): Doc[] {
  const facts = statement.kind === "const" ? statement.facts : undefined;
  const doc = docComment(statement.docs, 0, facts);
  return doc === null ? [] : [doc, hardline];
}

function printAlias(
  { name, exported, type, style }: Extract<Statement, { kind: "alias" }>,
  scope: StatementScope,
): Doc {
  const types = new TypePrinter(scope, style);
  const right = types.print(type, "alias", 0, true);
  const left = `${exported ? "export " : ""}type ${identifierText(name)}`;
  const layout = types.movesToNextLine(type) ? assignAtomic : assign;
  return [layout(left, " =", right), ";"];
}

function printConst(
  { name, type, value }: Extract<Statement, { kind: "const" }>,
  scope: StatementScope,
): Doc {
  const types = new TypePrinter(scope, plain);
  const annotation = type === undefined ? "" : [": ", types.print(type)];
  const left = ["export const ", identifierText(name), annotation];
  return [assignValue(left, " =", value, valueScope(scope)), ";"];
}

function printFunction(
  { name, parameters, returns, body }: Extract<Statement, { kind: "function" }>,
  scope: StatementScope,
): Doc {
  const types = new TypePrinter(scope, plain);
  const names = new Map(parameters.map((one) => [one.name, scope.parameter(one.name)]));
  const printed = parameters.map((one) => printParameter(one, names, types));
  const guarded = names.get(parameters[0]?.name ?? "") ?? "";
  const returnType =
    returns.kind === "guard" ? [guarded, " is ", types.print(returns.type)] : types.print(returns);
  const list = printed.length === 0 ? "()" : commaList("(", printed, ifBreak(","), ")");
  const call = printCall(body, {
    ...valueScope(scope),
    parameter: (one) => names.get(one) ?? one,
  });
  const isVoid = returns.kind === "void";
  return [
    "export function ",
    identifierText(name),
    group([list, ": ", returnType]),
    " {",
    indent([hardline, isVoid ? "" : "return ", call, ";"]),
    hardline,
    "}",
  ];
}

function printParameter(
  { name, optional, emptyByDefault, type }: Parameter,
  names: ReadonlyMap<string, string>,
  types: TypePrinter,
): Doc {
  const left: Doc = [names.get(name) ?? name, optional ? "?: " : ": ", types.print(type)];
  return emptyByDefault === true ? [left, " = {}"] : left;
}

function valueScope(scope: StatementScope): ValueScope {
  const types = new TypePrinter(scope, plain);
  return {
    use: (name) => scope.use(name),
    parameter: (name) => name,
    printArgument: (type) => types.print(type, "argument", 2),
  };
}
