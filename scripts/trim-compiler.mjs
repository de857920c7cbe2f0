// Takes the parser out of the compiler that ts-morph brings. The compiler is one file whose statements share one scope; a statement
// stays when something that stays mentions its name. Statements are left out, none is changed, so what is left does what it did
// (docs/decisions/015-the-compilers-parser-alone.md); test/compile/trimmed-compiler.test.ts holds it against the whole.
import ts from "typescript";

/** The compiler's messages: 2 000 of them in one object, of which the parser has a seventh. */
const messages = "Diagnostics";

/**
 * A module that exports `ts`, an object with the given names of the compiler's scope, and has nothing that they do not need.
 *
 * @param {string} text of `typescript.js`
 * @param {readonly string[]} names
 * @returns {string}
 */
export function trimCompiler(text, names) {
  const file = ts.createSourceFile("typescript.js", text, {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const statements = compilerScope(file);
  const subjects = new Map(statements.map((statement) => [statement, subjectsOf(statement)]));
  const about = new Map();
  for (const [statement, declared] of subjects) {
    for (const name of declared) about.set(name, [...(about.get(name) ?? []), statement]);
  }

  const kept = new Set();
  const used = new Set();
  const pending = [...names];
  for (const name of pending) {
    for (const statement of about.get(name) ?? []) {
      if (kept.has(statement)) continue;
      kept.add(statement);
      const isCatalogue = subjects.get(statement).includes(messages);
      for (const mentioned of isCatalogue ? ["diag"] : mentionsOf(statement, used)) {
        if (about.has(mentioned)) pending.push(mentioned);
      }
    }
  }
  for (const name of [...names, messages]) {
    if (!about.has(name)) throw new Error(`the compiler of ts-morph has no ${name}`);
  }
  return [
    ...statements
      .filter((statement) => kept.has(statement))
      .map((statement) =>
        subjects.get(statement).includes(messages)
          ? catalogueOf(statement, used, file)
          : statement.getText(file),
      ),
    `export const ts = { ${names.join(", ")} };`,
  ].join("\n");
}

/** The statements of `((module) => { ... })(...)`, in which the whole compiler stands. */
function compilerScope(file) {
  for (const statement of file.statements) {
    const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
    if (call === undefined || !ts.isCallExpression(call)) continue;
    const scope = ts.skipParentheses(call.expression);
    if (ts.isArrowFunction(scope) && ts.isBlock(scope.body)) return scope.body.statements;
  }
  throw new Error("the compiler of ts-morph is no longer one function");
}

/**
 * The names that a statement declares or completes: `Parser` for `((Parser2) => {...})(Parser || (Parser = {}))`, `Version` for
 * `Version.zero = ...`, `exports` for `__export(exports, ...)`. Others, such as a look at the environment for debugging, have none.
 */
function subjectsOf(statement) {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return [statement.name.text];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => {
      if (!ts.isIdentifier(name)) throw new Error("the compiler of ts-morph takes apart a value");
      return name.text;
    });
  if (!ts.isExpressionStatement(statement)) return [];
  const { expression } = statement;
  const target = ts.isCallExpression(expression) ? expression.arguments[0] : expression;
  const subject = target === undefined ? undefined : leftmost(target);
  return subject === undefined ? [] : [subject];
}

function leftmost(node) {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isBinaryExpression(node)) return leftmost(node.left);
  if (ts.isPropertyAccessExpression(node)) return leftmost(node.expression);
  return undefined;
}

/** Every name in a statement that is not a member's; those of messages are added to `used`. A local of the same name is no harm. */
function mentionsOf(statement, used) {
  const mentions = new Set();
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      if (node.text === messages) throw new Error("the compiler of ts-morph looks up a message");
      mentions.add(node.text);
    } else if (ts.isPropertyAccessExpression(node)) {
      if (ts.isIdentifier(node.expression) && node.expression.text === messages) {
        mentions.add(messages);
        used.add(node.name.text);
      } else visit(node.expression);
    } else if (ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name)) {
      visit(node.initializer);
    } else ts.forEachChild(node, visit);
  };
  visit(statement);
  return mentions;
}

/** The messages that what is left can give. */
function catalogueOf(statement, used, file) {
  const [{ initializer }] = statement.declarationList.declarations;
  const entries = initializer.properties.filter(({ name }) => used.has(name.text));
  return `var ${messages} = {\n${entries.map((entry) => entry.getText(file)).join(",\n")}\n};`;
}
