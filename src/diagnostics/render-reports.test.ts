import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../document/document.js";
import { readDocument } from "../document/read-document.js";
import { Diagnostics } from "./diagnostics.js";
import { renderGithub } from "./render-github.js";
import { jsonReport, renderJson } from "./render-json.js";
import { renderSarif } from "./render-sarif.js";

async function example(): Promise<{ document: Document | null; diagnostics: Diagnostics }> {
  const diagnostics = new Diagnostics();
  const content = '{\n  "openapi": "3.1.0",\n  "a": { "b": [1] },\n  "c": 2\n}';
  const document = await readDocument(
    { kind: "text", content, name: "api/a,b:c%.json" },
    {},
    diagnostics,
  );
  diagnostics.report("W300", "#/c", "100% sure,\nno: really", { help: "do\r\nthis" });
  diagnostics.report("E303", "#/a/b/0", "wrong", {
    related: [{ pointer: "#/c", message: "the other" }],
  });
  diagnostics.add({ code: "E050", severity: "error", message: "no place" });
  return { document, diagnostics };
}

describe("renderJson", () => {
  it("has one stable shape, nulls included", async () => {
    const { document, diagnostics } = await example();
    const report = JSON.parse(renderJson(diagnostics.all, { document })) as unknown;
    expect(report).toEqual({
      version: 1,
      diagnostics: [
        {
          code: "E050",
          severity: "error",
          message: "no place",
          file: null,
          pointer: null,
          range: null,
          related: [],
          help: null,
          cause: expect.any(String) as string,
        },
        {
          code: "E303",
          severity: "error",
          message: "wrong",
          file: "api/a,b:c%.json",
          pointer: "#/a/b/0",
          range: { start: { line: 3, column: 16 }, end: { line: 3, column: 17 } },
          related: [
            {
              message: "the other",
              file: "api/a,b:c%.json",
              pointer: "#/c",
              range: { start: { line: 4, column: 8 }, end: { line: 4, column: 9 } },
            },
          ],
          help: null,
          cause: expect.any(String) as string,
        },
        {
          code: "W300",
          severity: "warning",
          message: "100% sure,\nno: really",
          file: "api/a,b:c%.json",
          pointer: "#/c",
          range: { start: { line: 4, column: 8 }, end: { line: 4, column: 9 } },
          related: [],
          help: "do\r\nthis",
          cause: expect.any(String) as string,
        },
      ],
      summary: { errors: 2, warnings: 1 },
    });
  });

  it("folds nothing and leaves nothing out", () => {
    const diagnostics = new Diagnostics();
    for (let at = 0; at < 1000; at++) diagnostics.report("W300", "#/x", "same");
    expect(jsonReport(diagnostics.all).diagnostics).toHaveLength(1000);
  });
});

describe("renderGithub", () => {
  it("writes workflow commands with everything escaped as the toolkit does", async () => {
    const { document, diagnostics } = await example();
    expect(renderGithub(diagnostics.all, { document, directory: "web" })).toEqual({
      annotations: `::error title=E050 The command line is not understood::no place
::error file=web/api/a%2Cb%3Ac%25.json,line=3,endLine=3,col=16,endColumn=17,title=E303 A keyword has a value of the wrong type::wrong%0A#/a/b/0
::warning file=web/api/a%2Cb%3Ac%25.json,line=4,endLine=4,col=8,endColumn=9,title=W300 A key is unknown::100%25 sure,\\u000ano: really%0A#/c%0Ahelp: do\\u000d\\u000athis
`,
      summary: "",
    });
  });

  it("annotates ten of each severity and lists all in the summary", () => {
    const diagnostics = new Diagnostics();
    for (let at = 0; at < 30; at++) {
      diagnostics.report("E303", undefined, `e${String(at)}`);
      diagnostics.report("W300", undefined, `w${String(at)}`);
    }
    const { annotations, summary } = renderGithub(diagnostics.all);
    expect(annotations.match(/^::error /gm)).toHaveLength(10);
    expect(annotations.match(/^::warning /gm)).toHaveLength(10);
    expect(summary).toMatch(/^### mizan-gen: 30 errors, 30 warnings \(all W300\)\n/);
    expect(summary.match(/^- /gm)).toHaveLength(60);
  });

  it("leaves out what is no file of the repository", async () => {
    const diagnostics = new Diagnostics();
    const content = '{"openapi": "3.1.0", "a": 1}';
    const stdin = await readDocument({ kind: "text", content }, {}, diagnostics);
    const above = await readDocument(
      { kind: "text", content, name: "../../x.json" },
      {},
      diagnostics,
    );
    diagnostics.report("W300", "#/a", "m");
    expect(renderGithub(diagnostics.all, { document: stdin }).annotations).toMatch(
      /^::warning line=1/,
    );
    expect(
      renderGithub(diagnostics.all, { document: above, directory: "web" }).annotations,
    ).toMatch(/^::warning line=1/);
    expect(
      renderGithub(diagnostics.all, { document: above, directory: "a/b" }).annotations,
    ).toMatch(/^::warning file=x\.json,/);
  });

  it("gives one command a line and harmless Markdown, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary" }), { minLength: 11, maxLength: 15 }),
        (messages) => {
          const diagnostics = new Diagnostics();
          messages.forEach((message, at) => {
            diagnostics.report(
              "E303",
              undefined,
              `${String(at)}${message}\n::set-output name=x::y <b> [x](javascript:y) | @me`,
            );
          });
          const { annotations, summary } = renderGithub(diagnostics.all);
          for (const line of annotations.trimEnd().split("\n"))
            expect(line).toMatch(/^::error title=[^:,]*::[^\r\n]*$/);
          for (const line of summary.trimEnd().split("\n").slice(2)) {
            expect(line).toMatch(/^- error \*\*E303\*\*: /);
            expect(line.slice(16)).not.toMatch(/[<>[\]|@`*]/);
          }
        },
      ),
    );
  });
});

describe("renderSarif", () => {
  it("writes SARIF 2.1.0 with rules, regions and related locations", async () => {
    const { document, diagnostics } = await example();
    const log = JSON.parse(renderSarif(diagnostics.all, { document, version: "1.2.3" })) as unknown;
    expect(log).toMatchObject({
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "mizan-gen",
              version: "1.2.3",
              rules: [
                { id: "E050" },
                { id: "E303" },
                { id: "W300", defaultConfiguration: { level: "warning" } },
              ],
            },
          },
          columnKind: "utf16CodeUnits",
          results: [
            { ruleId: "E050", ruleIndex: 0, level: "error", message: { text: "no place" } },
            {
              ruleId: "E303",
              ruleIndex: 1,
              level: "error",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "api/a%2Cb%3Ac%25.json" },
                    region: { startLine: 3, startColumn: 16, endLine: 3, endColumn: 17 },
                  },
                  logicalLocations: [{ fullyQualifiedName: "#/a/b/0", kind: "member" }],
                },
              ],
              relatedLocations: [{ id: 0, message: { text: "the other" } }],
            },
            { ruleId: "W300", ruleIndex: 2, level: "warning" },
          ],
        },
      ],
    });
    expect((log as { runs: { results: object[] }[] }).runs[0]?.results[0]).not.toHaveProperty(
      "locations",
    );
  });

  it("is a log without results when there is nothing to say", () => {
    expect(JSON.parse(renderSarif([]))).toMatchObject({
      runs: [{ results: [], tool: { driver: { rules: [] } } }],
    });
  });
});
