import { readFileSync } from "node:fs";
import ts from "typescript";

/** A place where the type checker sees `any`: `mutations/x.ts:12 JSON.parse(text)`. */
export type Finding = string;

/**
 * Every expression, declaration and type whose type is `any`, found by asking the type checker, not by looking at the text.
 *
 * What the language's library hands out as `any` (`JSON.parse(text)`, `signal.reason`) is none when it is made `unknown` where it is
 * got: `JSON.parse(text) as unknown`.
 */
export function findAny(tsconfig: string, isWanted: (file: string) => boolean): Finding[] {
  const folder = tsconfig.slice(0, tsconfig.lastIndexOf("/"));
  const { config } = ts.readConfigFile(tsconfig, (file) => readFileSync(file, "utf8")) as {
    config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const findings: Finding[] = [];
  for (const source of program.getSourceFiles()) {
    const path = source.fileName.slice(folder.length + 1);
    if (source.isDeclarationFile || !isWanted(path)) continue;
    const visit = (node: ts.Node): void => {
      if (isAny(node)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        const text = node.getText(source).replace(/\s+/g, " ").slice(0, 80);
        findings.push(`${path}:${line + 1} ${text}`);
      }
      if (isTamed(node)) ts.forEachChild(node.expression, visitParts);
      else ts.forEachChild(node, visit);
    };
    // `signal.reason` is what was tamed, and `reason` is no other; what `parse(text)` is made of is looked at as ever.
    const visitParts = (node: ts.Node): void => {
      if (
        ts.isIdentifier(node) &&
        ts.isPropertyAccessExpression(node.parent) &&
        node.parent.name === node
      )
        return;
      visit(node);
    };
    ts.forEachChild(source, visit);
  }
  return findings;

  function isAny(node: ts.Node): boolean {
    if (isWritten(node)) return true;
    // The `const` of `as const` is a type to the parser only.
    if (ts.isConstTypeReference(node) || ts.isConstTypeReference(node.parent)) return false;
    const typed = ts.isExpression(node) || ts.isTypeNode(node) || isDeclaration(node);
    if (!typed) return false;
    // What has no type at all is answered with `error`, which is printed as any too.
    const type: ts.Type & { readonly intrinsicName?: string } = checker.getTypeAtLocation(node);
    return (type.flags & ts.TypeFlags.Any) !== 0 && type.intrinsicName !== "error";
  }
}

/** `<expression> as unknown`. */
function isTamed(node: ts.Node): node is ts.AsExpression {
  return ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.UnknownKeyword;
}

function isWritten(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.AnyKeyword;
}

function isDeclaration(node: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isBindingElement(node)
  );
}
