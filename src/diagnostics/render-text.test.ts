import { describe, expect, it } from "vitest";
import type { Document } from "../document/document.js";
import { readDocument } from "../document/read-document.js";
import type { Diagnostic } from "./diagnostic.js";
import { Diagnostics } from "./diagnostics.js";
import { renderText, summarize } from "./render-text.js";

async function open(
  content: string,
  name = "schema.json",
): Promise<{ document: Document | null; diagnostics: Diagnostics }> {
  const diagnostics = new Diagnostics();
  const document = await readDocument({ kind: "text", content, name }, {}, diagnostics);
  return { document, diagnostics };
}

const bookshop = `{
  "openapi": "3.1.0",
  "x-mizan-functions": {
    "user_profile": { "kind": "query", "context": "user" },
    "user_manager": { "kind": "query", "context": "user" },
    "rename_user": {
      "kind": "mutation",
      "merge": [{ "context": "user" }],
      "auth": {
        "mode": "required"
      }
    }
  }
}
`;

describe("renderText", () => {
  it("has the form of the README: the very line, carets, candidates, the way out", async () => {
    const { document, diagnostics } = await open(bookshop);
    diagnostics.report(
      "E201",
      "#/x-mizan-functions/rename_user/merge/0",
      'merge into context "user" is ambiguous: 2 slots hold User',
      {
        related: [
          { pointer: "#/x-mizan-functions/user_profile", message: "candidates: user_profile" },
          { pointer: "#/x-mizan-functions/user_manager", message: "candidates: user_manager" },
        ],
        help: 'name one: { "context": "user", "slot": "user_profile" }',
      },
    );
    expect(renderText(diagnostics.all, { document }))
      .toBe(`error E201  merge into context "user" is ambiguous: 2 slots hold User
  schema.json:8:17  #/x-mizan-functions/rename_user/merge/0
     7 |       "kind": "mutation",
     8 |       "merge": [{ "context": "user" }],
       |                 ^^^^^^^^^^^^^^^^^^^^^
  candidates: user_profile (line 4), user_manager (line 5)
  help: name one: { "context": "user", "slot": "user_profile" }      mizan-gen explain E201
`);
  });

  it("underlines a key, and of a value of several lines the first", async () => {
    const { document, diagnostics } = await open(bookshop);
    diagnostics.report("E103", "#/x-mizan-functions/rename_user/auth", "a", { part: "key" });
    diagnostics.report("E104", "#/x-mizan-functions/rename_user/auth", "b");
    expect(renderText(diagnostics.all, { document })).toBe(`error E103  a
  schema.json:9:7  #/x-mizan-functions/rename_user/auth
     8 |       "merge": [{ "context": "user" }],
     9 |       "auth": {
       |       ^^^^^^
  help: mizan-gen explain E103

error E104  b
  schema.json:9:15  #/x-mizan-functions/rename_user/auth
     8 |       "merge": [{ "context": "user" }],
     9 |       "auth": {
       |               ^
  help: mizan-gen explain E104
`);
  });

  it("shows what holds a member that is missing", async () => {
    const { document, diagnostics } = await open(bookshop);
    diagnostics.report("W301", "#/x-mizan-functions/user_profile/auth", "no auth");
    expect(renderText(diagnostics.all, { document })).toContain(`warning W301  no auth
  schema.json:4:21  #/x-mizan-functions/user_profile/auth
     3 |   "x-mizan-functions": {
     4 |     "user_profile": { "kind": "query", "context": "user" },
       |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`);
  });

  it("shows texts that do not parse without a document, at their end too", async () => {
    const { document, diagnostics } = await open('{\n  "a": 1', "dir/a.json");
    expect(document).toBeNull();
    expect(renderText(diagnostics.all))
      .toBe(`error E004  the text ends inside the object that began in line 1
  dir/a.json:2:9
     1 | {
     2 |   "a": 1
       |         ^
  help: the file may be cut off: export it again      mizan-gen explain E004
`);
  });

  it("says what is about no place first, then goes by line and column, other files last", async () => {
    const { document, diagnostics } = await open(bookshop);
    const at = (code: "E100" | "E101", pointer: string): void =>
      diagnostics.report(code, pointer, pointer);
    at("E101", "#/x-mizan-functions/user_manager/context");
    at("E101", "#/x-mizan-functions/user_manager/kind");
    at("E100", "#/openapi");
    diagnostics.add({ code: "E055", severity: "error", message: "disk full" });
    diagnostics.add({
      code: "E004",
      severity: "error",
      message: "x",
      file: "a.json",
      range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    });
    const headers = renderText(diagnostics.all, { document })
      .split("\n")
      .filter((line) => /^error/.test(line));
    expect(headers).toEqual([
      "error E055  disk full",
      "error E100  #/openapi",
      "error E101  #/x-mizan-functions/user_manager/kind",
      "error E101  #/x-mizan-functions/user_manager/context",
      "error E004  x",
    ]);
  });

  it("folds equal ones and says where the others are", async () => {
    const list = Array.from({ length: 8 }, () => "1").join(",\n");
    const { document, diagnostics } = await open(`{"openapi": "3.1.0", "a": [\n${list}\n]}`);
    for (let at = 7; at >= 0; at--) diagnostics.report("W306", `#/a/${String(at)}`, "same");
    diagnostics.report("W306", "#/a/3", "another");
    const text = renderText(diagnostics.all, { document });
    expect(text.match(/warning W306 {2}same/g)).toHaveLength(1);
    expect(text).toContain("schema.json:2:1");
    expect(text).toContain("  and 7 more like this (lines 3, 4, 5, 6, 7, …)\n");
    expect(text).toContain("warning W306  another");
  });

  it("shows fifty, errors before warnings when there is no room for all", () => {
    const list: Diagnostic[] = Array.from({ length: 100 }, (_, at) => ({
      code: "W300",
      severity: "warning",
      message: `w${String(at)}`,
    }));
    list.push({ code: "E900", severity: "error", message: "the error" });
    const text = renderText(list, { each: true });
    expect(text).toContain("the error");
    expect(text.match(/^warning/gm)).toHaveLength(49);
    expect(text.endsWith("\n\nand 51 more\n")).toBe(true);
    expect(renderText(list, { each: true, limit: 200 })).not.toContain("more");
  });

  it("folds warnings of one code when there are more than three, with the first places", async () => {
    const list = Array.from({ length: 21 }, () => "1").join(",\n");
    const { document, diagnostics } = await open(`{"openapi": "3.1.0", "a": [\n${list}\n]}`);
    for (let at = 0; at < 21; at++) {
      diagnostics.report("W301", `#/a/${String(at)}`, `"f${String(at)}" is silent`);
    }
    diagnostics.report("W306", "#/a/4", "another");
    expect(renderText(diagnostics.all, { document })).toBe(`warning W301  "f0" is silent
  schema.json:2:1  #/a/0
     1 | {"openapi": "3.1.0", "a": [
     2 | 1,
       | ^
  also line 3: "f1" is silent
  also line 4: "f2" is silent
  and 18 more like this (lines 5, 6, 7, 8, 9, …)
  help: mizan-gen explain W301

warning W306  another
  schema.json:6:1  #/a/4
     5 | 1,
     6 | 1,
       | ^
  help: mizan-gen explain W306
`);
    const each = renderText(diagnostics.all, { document, each: true });
    expect(each.match(/^warning W301/gm)).toHaveLength(21);
  });

  it("counts in a fold what is folded already, and never folds errors of different texts", async () => {
    const { document, diagnostics } = await open('{"openapi": "3.1.0",\n"a": 1}');
    for (const text of ["one", "two", "two", "three", "four", "four", "five"]) {
      diagnostics.report("W309", "#/a", text);
      diagnostics.report("E300", "#/a", `no ${text}`);
    }
    const text = renderText(diagnostics.all, { document });
    expect(text.match(/^warning/gm)).toHaveLength(1);
    expect(text).toContain("and 4 more like this");
    expect(text.match(/^error/gm)).toHaveLength(5);
  });

  it("shows a window of sixty columns of a minified document", async () => {
    const members = Array.from(
      { length: 500 },
      (_, at) => `"k${String(at)}":{"type":"string"}`,
    ).join(",");
    const { document, diagnostics } = await open(`{"openapi":"3.1.0","p":{${members}}}`);
    diagnostics.report("E304", "#/p/k250/type", "m");
    const lines = renderText(diagnostics.all, { document }).split("\n");
    expect(lines[2]).toBe(
      '     1 | …ng"},"k250":{"type":"string"},"k251":{"type":"string"},"k252…',
    );
    expect(lines[3]).toBe("       |                      ^^^^^^^^");
    const start = document?.rangeOf("#/p/k250/type")?.start.column ?? 0;
    expect(lines[1]).toBe(`  schema.json:1:${String(start)}  #/p/k250/type`);
  });

  it("keeps the window at both ends of a long line, and of a long value", async () => {
    const { document, diagnostics } = await open(
      `{"openapi":"3.1.0","first":1,"long":"${"x".repeat(5000)}","last":2}`,
    );
    diagnostics.report("E303", "#/first", "a");
    diagnostics.report("E303", "#/last", "b");
    diagnostics.report("E303", "#/long", "c");
    const frames = renderText(diagnostics.all, { document })
      .split("\n")
      .filter((line) => line.includes(" | "));
    expect(frames).toEqual([
      '     1 | …pi":"3.1.0","first":1,"long":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
      "       |                      ^",
      '     1 | …0","first":1,"long":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
      `       |                      ${"^".repeat(40)}`,
      '     1 | …xxxxxxxxxxx","last":2}',
      "       |                      ^",
    ]);
  });

  it("keeps the caret in place after tabs, wide characters, emoji and combining marks", async () => {
    const { document, diagnostics } = await open(
      '{"openapi": "3.1.0",\n\t"日本": {"👩‍💻🇩🇪é": 1, "e\u0301x": 2}}',
    );
    diagnostics.report("E303", "#/日本/👩‍💻🇩🇪é", "a", { part: "key" });
    diagnostics.report("E303", "#/日本/e\u0301x", "b");
    const frames = renderText(diagnostics.all, { document })
      .split("\n")
      .filter((line) => line.includes(" | ") && !line.includes("openapi"));
    expect(frames).toEqual([
      '     2 |     "日本": {"👩‍💻🇩🇪é": 1, "e\u0301x": 2}}',
      "       |              ^^^^^^^",
      '     2 |     "日本": {"👩‍💻🇩🇪é": 1, "e\u0301x": 2}}',
      "       |                                ^",
    ]);
  });

  it("lets no text of the document act on the terminal", async () => {
    const evil = '"\u202e\u2066x\u001b[31m"';
    const { document, diagnostics } = await open(
      `{"openapi": "3.1.0", "\u009b2J\u202ea": ${evil.replace("\u001b", "\u007f")}, "b": 1}`,
    );
    diagnostics.report("E303", "#/b", `bad \u001b]0;title\u0007 \r\n::error::x`, {
      help: "\u2028",
      related: [{ pointer: "#/\u202e", message: "\u001b[2J" }],
    });
    const text = renderText(diagnostics.all, { document });

    expect(text.replaceAll("\n", "")).not.toMatch(
      /[\u0000-\u001f\u007f-\u009f\u2028\u202a-\u202e\u2066-\u2069]/,
    );
    expect(text).toContain("bad \\u001b]0;title\\u0007 \\u000d\\u000a::error::x");
    expect(text).toContain('"\\u009b2J\\u202ea": "\\u202e\\u2066x\\u007f[31m", "b": 1');
  });

  it("colours only when told", async () => {
    const { document, diagnostics } = await open(bookshop);
    diagnostics.report("E103", "#/openapi", "m");
    diagnostics.report("W300", "#/openapi", "m");
    const colored = renderText(diagnostics.all, { document, color: true });
    expect(colored).toContain("\u001b[31;1merror E103\u001b[0m");
    expect(colored).toContain("\u001b[33;1mwarning W300\u001b[0m");

    expect(colored.replace(/\u001b\[[\d;]*m/g, "")).toBe(renderText(diagnostics.all, { document }));
  });

  it("shows CRLF lines without their ends", async () => {
    const { document, diagnostics } = await open('{\r\n"openapi": "3.1.0",\r\n"a": 1\r\n}');
    diagnostics.report("E303", "#/a", "m");
    expect(renderText(diagnostics.all, { document })).toContain(
      '\n     2 | "openapi": "3.1.0",\n     3 | "a": 1\n       |      ^\n',
    );
  });

  it("is empty for nothing, and counts in words", () => {
    expect(renderText([])).toBe("");
    const error: Diagnostic = { code: "E900", severity: "error", message: "" };
    const warning: Diagnostic = { code: "W300", severity: "warning", message: "" };
    expect(summarize([])).toBe("");
    expect(summarize([error])).toBe("1 error");
    expect(summarize([error, error, warning])).toBe("2 errors, 1 warning");
    expect(summarize([warning, warning])).toBe("2 warnings");
    const other: Diagnostic = { code: "W309", severity: "warning", message: "" };
    expect(summarize([error, warning, other, other, other])).toBe(
      "1 error, 4 warnings (3 W309, 1 W300)",
    );
    expect(summarize([other, warning, other, warning])).toBe("4 warnings (2 W300, 2 W309)");
    expect(summarize([other, other, other, other])).toBe("4 warnings (all W309)");
  });

  it("renders ten thousand diagnostics of a large document", async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`S${String(at)}`, { type: "x".repeat(300) }]),
    );
    const { document, diagnostics } = await open(
      JSON.stringify({ openapi: "3.1.0", components: { schemas } }, null, 1),
    );
    for (let at = 0; at < 10_000; at++)
      diagnostics.report("E304", `#/components/schemas/S${String(at)}/type`, `m${String(at)}`);
    const text = renderText(diagnostics.all, { document });
    expect(text.endsWith("and 9950 more\n")).toBe(true);
    expect(text).toContain('     6 |     "type": "xxx');
  });
});
