import type { ts as compiler } from "ts-morph";

/** What a module declares or exports under one name. */
export interface Declaration extends Described {
  readonly name: string;
}

/** A member of an object type. */
export interface Member extends Described {
  readonly isOptional: boolean;
}

interface Described {
  /** Without comments, and without what stands between words. */
  readonly code: string;
  readonly comment: string;
  /** Of an object type, by name; undefined for any other. */
  readonly members: ReadonlyMap<string, Member> | undefined;
}

type Node = compiler.Node;
/** `parseDiagnostics` is not in the public type. */
type SourceFile = compiler.SourceFile & { readonly parseDiagnostics?: readonly unknown[] };

/**
 * The declarations of a TypeScript file by name, as the parser reads them; null for a text that does not parse. The parser alone is in the
 * package (docs/decisions/015), so nodes are told apart by the members that they have.
 */
export async function readDeclarations(
  path: string,
  text: string,
): Promise<ReadonlyMap<string, Declaration> | null> {
  const { ts } = await import("ts-morph");
  let file: SourceFile;
  try {
    file = ts.createSourceFile(path, text, {
      languageVersion: ts.ScriptTarget.ES2022,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  if ((file.parseDiagnostics ?? []).length > 0) return null;
  const declarations = new Map<string, Declaration>();
  for (const statement of file.statements) {
    for (const name of namesOf(statement, text)) {
      declarations.set(name, {
        name,
        ...describe(statement, text),
        members: membersOf(typeOf(statement), text),
      });
    }
  }
  return declarations;
}

/** Imports have no names of their own here: they follow from the rest. */
function namesOf(statement: Node, text: string): string[] {
  const named = nodeAt(statement, "name");
  if (named !== undefined) return [codeOf(named, text)];
  const list = nodeAt(statement, "declarationList");
  if (list !== undefined) {
    return nodesAt(list, "declarations").map((one) => codeOf(nodeAt(one, "name") ?? one, text));
  }
  if (nodeAt(statement, "importClause") !== undefined) return [];
  const clause = nodeAt(statement, "exportClause");
  if (clause !== undefined) return nodesAt(clause, "elements").map((one) => codeOf(one, text));
  const specifier = nodeAt(statement, "moduleSpecifier");
  return specifier === undefined ? [] : [`export of ${codeOf(specifier, text)}`];
}

function typeOf(node: Node): Node | undefined {
  return nodesAt(node, "members").length > 0 ? node : nodeAt(node, "type");
}

function membersOf(type: Node | undefined, text: string): Map<string, Member> | undefined {
  if (type === undefined || !("members" in type)) return undefined;
  const members = new Map<string, Member>();
  for (const member of nodesAt(type, "members")) {
    const name = nodeAt(member, "name");
    const inner = nodeAt(member, "type");
    const described = describe(member, text);
    members.set(name === undefined ? described.code : wordOf(codeOf(name, text)), {
      ...described,
      code: inner === undefined ? described.code : codeOf(inner, text),
      isOptional: nodeAt(member, "questionToken") !== undefined,
      members: membersOf(inner, text),
    });
  }
  return members;
}

function describe(node: Node, text: string): Pick<Described, "code" | "comment"> {
  const whole = text.slice(node.pos, node.end);
  const comments = whole.match(comment) ?? [];
  return { code: codeOf(node, text), comment: comments.map(unspaced).join(" ") };
}

const comment = /\/\*[\s\S]*?\*\/|(?<=^|\n)\s*\/\/.*/g;

/** Line ends and the semicolon before a closing brace are a matter of layout. */
const codeOf = (node: Node, text: string): string =>
  unspaced(text.slice(node.pos, node.end).replace(comment, " ")).replace(/[;,]? ([}\])])/g, " $1");

const unspaced = (text: string): string => text.replace(/\s+/g, " ").trim();

/** `"a-b"` as `a-b`. */
const wordOf = (name: string): string => name.replace(/^"(.*)"$/, "$1");

function nodeAt(node: Node, member: string): Node | undefined {
  const value = (node as unknown as Readonly<Record<string, unknown>>)[member];
  return isNode(value) ? value : undefined;
}

function nodesAt(node: Node, member: string): readonly Node[] {
  const value = (node as unknown as Readonly<Record<string, unknown>>)[member];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value && "pos" in value;
}
