import { readdirSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { InstalledCli, type Project } from "../cli/installed.js";
import { attackerDocument, documentsWithNames, marker, payloads } from "./attacker-document.js";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

/** Where an attacker's text is anything but a string, a comment or a name that was made from it. */
function breaches(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const found: string[] = [];
  const report = (node: ts.Node, what: string): void => {
    found.push(`${path}: ${what}: ${node.getText(source).slice(0, 100)}`);
  };
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  for (const { messageText } of parseDiagnostics) {
    found.push(`${path}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  }
  // What a comment could switch on.
  const { checkJsDirective, pragmas } = source as unknown as {
    checkJsDirective?: object;
    pragmas: ReadonlyMap<string, unknown>;
  };
  const { commentDirectives } = source as unknown as { commentDirectives?: readonly object[] };
  if (checkJsDirective !== undefined || pragmas.size > 0) found.push(`${path}: a pragma`);
  if ((commentDirectives ?? []).length > 0) found.push(`${path}: a directive to the compiler`);
  if (source.referencedFiles.length > 0) found.push(`${path}: a reference`);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === marker) report(node, "the marker as a name");
    if (ts.isStatement(node) && !isKnownStatement(node))
      report(node, "a statement of no known kind");
    if (ts.isTemplateLiteral(node) && node.getText(source).includes(marker))
      report(node, "a template");
    if (ts.isRegularExpressionLiteral(node) && node.text.includes(marker))
      report(node, "a pattern");
    const called = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression : null;
    if (called !== null && called.getText(source).toLowerCase().includes(marker.toLowerCase()))
      report(node, "a call");
    // A quoted `__proto__` would set the prototype instead of a member.
    if (ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name)) {
      const name =
        ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : "";
      if (name === "__proto__") report(node, "a prototype");
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

/** On the top of a generated file stand imports, exports, types, constants and functions; nothing that runs by itself. */
function isKnownStatement(node: ts.Statement): boolean {
  if (!ts.isSourceFile(node.parent)) return true;
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isVariableStatement(node) ||
    ts.isFunctionDeclaration(node)
  );
}

/** The files of a client, without the kernel, which holds nothing of the document. */
function generatedFiles(project: Project, output: string): [string, string][] {
  return Object.entries(project.tree(output)).filter(
    ([path]) => path.endsWith(".ts") && !path.startsWith("kernel/"),
  );
}

function expectInside(paths: readonly string[]): void {
  const folded = new Set(paths.map((path) => path.toLowerCase()));
  expect(folded.size).toBe(paths.length);
  for (const path of paths) {
    expect(path).toMatch(
      /^(([a-zA-Z0-9][\w.-]{0,99}\/){0,2}[a-zA-Z0-9][\w.-]{0,99}|\.mizan-gen\.json)$/,
    );
    expect(path).not.toMatch(/(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  }
}

describe("an attacker who writes the document", () => {
  it("gets no text out of strings and comments, with every payload in every place", async () => {
    const project = cli.project({
      "schema.json": attackerDocument(),
      "package.json": { type: "module" },
    });
    for (const flags of [[], ["--enums", "const", "--readonly"]]) {
      const { exitCode, stderr } = await project.run(["schema.json", "-o", "client", ...flags]);
      expect(stderr).not.toMatch(/^error/m);
      expect(exitCode).toBe(0);
      const files = generatedFiles(project, "client");
      expect(files.flatMap(([path, text]) => breaches(path, text))).toEqual([]);
      // The texts did arrive: there was something to escape from.
      const all = files.map(([, text]) => text).join("");
      expect(all.split(`${marker}()`).length).toBeGreaterThan(payloads.length * 10);
      expectInside(Object.keys(project.tree("client")));
    }
    expect(readdirSync(project.folder).sort()).toEqual(["client", "package.json", "schema.json"]);
  });

  it("gets no name into an identifier, a string or a path where a name is asked for", async () => {
    const documents = payloads.flatMap((text, index) =>
      Object.entries(documentsWithNames(text)).map(([place, value]) => ({
        name: `${place}-${index}`,
        value,
      })),
    );
    const project = cli.project(
      Object.fromEntries(documents.map(({ name, value }) => [`in/${name}.json`, value])),
    );
    project.write(
      "mizan.config.json",
      documents.map(({ name }) => ({ name, input: `in/${name}.json`, output: `out/${name}` })),
    );
    const { exitCode, stderr, stdout } = await project.run(["--quiet"]);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).not.toContain("E900");
    expect(readdirSync(project.folder).sort()).toEqual(["in", "mizan.config.json", "out"]);
    const names = new Set(documents.map(({ name }) => name));
    const written = readdirSync(project.path("out"));
    expect(written.filter((name) => !names.has(name))).toEqual([]);
    for (const name of written) {
      const output = `out/${name}`;
      expectInside(Object.keys(project.tree(output)));
      const files = generatedFiles(project, output);
      expect(files.flatMap(([path, text]) => breaches(`${output}/${path}`, text))).toEqual([]);
    }
    // Both were seen, or the test says nothing.
    expect(written.length).toBeGreaterThan(10);
    expect(documents.length - written.length).toBeGreaterThan(100);
  });

  it("gets nothing out of the name of the file, or a banner out of its comment", async () => {
    const names = payloads.filter((text) => !/[/\0\ud800-\udfff]/.test(text) && text.length > 3);
    const project = cli.project({ "plain.json": smallDocument });
    const inputs = names.map((name, index) => ({ name: `${name} ${index}.json`, index }));
    for (const { name } of inputs) writeFileSync(project.path(name), JSON.stringify(smallDocument));
    project.write(
      "mizan.config.json",
      inputs.map(({ name, index }) => ({
        name: `p${index}`,
        input: name,
        output: `out/${index}`,
        banner: payloads[index % payloads.length],
      })),
    );
    const { exitCode, stderr } = await project.run(["--quiet"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    for (const { index } of inputs) {
      const files = generatedFiles(project, `out/${index}`);
      expect(files.length).toBeGreaterThan(3);
      expect(files.flatMap(([path, text]) => breaches(`${index}/${path}`, text))).toEqual([]);
    }
  });
});

const smallDocument = {
  openapi: "3.1.0",
  info: { title: "Small", version: "1" },
  paths: {},
  "x-mizan-functions": {
    get: {
      kind: "query",
      context: "things",
      auth: { mode: "none" },
      params: [],
      output: { type: "string" },
    },
  },
};

describe("the check itself", () => {
  it.each([
    [`/** *\u002f ${marker}(); /* */`, "the marker as a name"],
    [`export const a = ${marker};`, "the marker as a name"],
    [`export const a = { b: ${marker}X() };`, "a call"],
    ["export const a = `" + marker + "`;", "a template"],
    [`export const a = { "__proto__": 1 };`, "a prototype"],
    ["if (true) { }", "a statement of no known kind"],
    ["// @ts-ignore\nexport {};", "a directive to the compiler"],
    [`/// <reference path="x" />\nexport {};`, "a reference"],
    ["export const a = ;", "Expression expected"],
  ])("finds %j", (text, what) => {
    expect(breaches("a.ts", text).join("\n")).toContain(what);
  });

  it("finds nothing in strings, comments and names made safe", () => {
    const text = `/** ${marker}() */\nexport type MizanPwned = { "${marker}()": "${marker}" };`;
    expect(breaches("a.ts", text)).toEqual([]);
  });
});
