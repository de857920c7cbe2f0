import { describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Document } from "./document.js";
import { readDocument } from "./read-document.js";

async function read(
  content: string | Uint8Array,
  name?: string,
): Promise<{ document: Document | null; all: readonly Diagnostic[]; shown: string[] }> {
  const diagnostics = new Diagnostics();
  const document = await readDocument({ kind: "text", content, name }, {}, diagnostics);
  const shown = diagnostics.all.map(({ code, message, pointer, range }) => {
    const found = range ?? (pointer === undefined ? undefined : document?.rangeOf(pointer));
    const place = found ? ` ${String(found.start.line)}:${String(found.start.column)}` : "";
    return `${code}${place} ${message}`;
  });
  return { document, all: diagnostics.all, shown };
}

describe("readDocument: formats", () => {
  it("reads JSON and YAML by extension, else by the first character", async () => {
    const json = '{"openapi": "3.1.0"}';
    const yaml = "openapi: 3.1.0\n";
    for (const [text, name] of [
      [json, "a.json"],
      [json, "a.yaml"],
      [json, undefined],
      [json, "a.txt"],
      [yaml, "a.yml"],
      [yaml, undefined],
      [`\ufeff${json}`, "a.json"],
      [`\ufeff${yaml}`, "a.yaml"],
    ] as const) {
      const { document, shown } = await read(text, name);
      expect(shown).toEqual([]);
      expect(document?.root).toEqual({ openapi: "3.1.0" });
      expect(document?.name).toBe(name ?? "<stdin>");
    }
  });

  it("reads JSON strictly, whatever YAML would make of it", async () => {
    expect((await read("openapi: 3.1.0", "a.json")).shown).toEqual([
      "E004 1:1 this looks like YAML, not JSON",
    ]);
    expect((await read("{'openapi': '3.1.0'}", "a.json")).shown).toEqual([
      "E004 1:2 a text in single quotes; JSON has double quotes only",
    ]);
    expect((await read("<html>")).shown).toEqual(["E004 1:1 this is an HTML page, not JSON"]);
  });

  it("keeps the lines of a text that does not parse", async () => {
    const { document, all } = await read('{\r\n  "a": 1,\r\n}', "dir/a.json");
    expect(document).toBeNull();
    expect(all).toMatchObject([
      {
        code: "E004",
        severity: "error",
        file: "dir/a.json",
        range: { start: { line: 2, column: 9 }, end: { line: 2, column: 10 } },
        excerpt: [
          { line: 1, column: 1, text: "{" },
          { line: 2, column: 1, text: '  "a": 1,' },
        ],
      },
    ]);
  });

  it("refuses bytes that are not UTF-8, with their place", async () => {
    expect((await read(Buffer.from('{"a":\n "\xe9"}', "latin1"), "a.json")).shown).toEqual([
      "E003 2:3 the byte 0xE9 at offset 8 is not UTF-8",
    ]);
    expect((await read(Buffer.from("\ufeff{}", "utf16le"), "a.json")).shown).toEqual([
      "E003 1:1 the input is UTF-16LE, not UTF-8",
    ]);
  });

  it("hashes what it read", async () => {
    const one = (await read('{"openapi": "3.1.0"}')).document;
    const two = (await read('{"openapi": "3.1.0"} ')).document;
    expect(one?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(one?.hash).not.toBe(two?.hash);
    expect(one?.files).toEqual([]);
  });
});

describe("readDocument: versions", () => {
  it.each([
    ["3.0.0", "3.0"],
    ["3.0.3", "3.0"],
    ["3.1.1", "3.1"],
    ["3.1", "3.1"],
    ["3.1.0-rc1", "3.1"],
    ["3.2.0", "3.2"],
  ])("reads %s as %s", async (version, expected) => {
    expect((await read(JSON.stringify({ openapi: version }))).document?.openapi).toBe(expected);
  });

  it.each([
    [
      '{"swagger": "2.0"}',
      'E011 1:13 Swagger "2.0" is not supported; OpenAPI 3.0, 3.1 and 3.2 are read',
    ],
    [
      '{"openapi": "4.0.0"}',
      'E011 1:13 OpenAPI "4.0.0" is not supported; OpenAPI 3.0, 3.1 and 3.2 are read',
    ],
    [
      '{"openapi": "3.3.0"}',
      'E011 1:13 OpenAPI "3.3.0" is not supported; OpenAPI 3.0, 3.1 and 3.2 are read',
    ],
    [
      '{"openapi": "3.10.0"}',
      'E011 1:13 OpenAPI "3.10.0" is not supported; OpenAPI 3.0, 3.1 and 3.2 are read',
    ],
    [
      '{"openapi": "2.0"}',
      'E011 1:13 OpenAPI "2.0" is not supported; OpenAPI 3.0, 3.1 and 3.2 are read',
    ],
    ['{"openapi": ""}', 'E011 1:13 OpenAPI "" is not supported; OpenAPI 3.0, 3.1 and 3.2 are read'],
    [
      '{"openapi": 3.1}',
      'E011 1:13 the version must be a text such as "3.1.0", found the number 3.1',
    ],
    ['{"openapi": null}', 'E011 1:13 the version must be a text such as "3.1.0", found null'],
    [
      '{"openapi": ["3.1.0"]}',
      'E011 1:13 the version must be a text such as "3.1.0", found an array',
    ],
    ['{"OpenAPI": "3.1.0"}', 'E010 1:1 "openapi" is missing; "OpenAPI" is not read'],
    ['{"info": {}}', 'E010 1:1 "openapi" is missing, so this is no OpenAPI document'],
    [
      '{"$schema": ""}',
      'E010 1:1 "openapi" is missing, so this is no OpenAPI document (it looks like a JSON Schema)',
    ],
    [
      '{"detail": "Not Found"}',
      'E010 1:1 "openapi" is missing, so this is no OpenAPI document (it looks like an error of a server)',
    ],
    ["[]", "E010 1:1 an OpenAPI document is an object, this is an array"],
    [" null", "E010 1:2 an OpenAPI document is an object, this is null"],
    ['"x"', "E010 1:1 an OpenAPI document is an object, this is a text"],
  ])("refuses %s", async (text, expected) => {
    const { document, shown } = await read(text, "a.json");
    expect(document).toBeNull();
    expect(shown).toEqual([expected]);
  });

  it("explains an unquoted version in YAML", async () => {
    const { all, shown } = await read("openapi: 3.1\n");
    expect(shown).toEqual([
      'E011 1:10 the version must be a text such as "3.1.0", found the number 3.1',
    ]);
    expect(all[0]?.help).toBe('put it into quotes: "3.1.0"');
  });
});

describe("readDocument: shapes", () => {
  it("reports every container that is none, and still gives the document", async () => {
    const { document, shown } = await read(
      JSON.stringify({
        openapi: "3.1.0",
        info: [],
        paths: { "/a": [], "/b": { get: "x", post: { parameters: {}, responses: [] } }, "x-c": 1 },
        components: { schemas: [], responses: null },
        servers: {},
      }),
    );
    expect(document).not.toBeNull();
    expect(shown.map((line) => line.replace(/ \d+:\d+/, ""))).toEqual([
      "E015 info must be an object, this is an array",
      "E015 servers must be an array, this is an object",
      "E015 components/responses must be an object, this is null",
      "E015 components/schemas must be an object, this is an array",
      "E015 paths/~1a must be an object, this is an array",
      "E015 paths/~1b/get must be an object, this is a text",
      "E015 paths/~1b/post/parameters must be an array, this is an object",
      "E015 paths/~1b/post/responses must be an object, this is an array",
    ]);
  });

  it("keeps all duplicates and the document", async () => {
    const { document, shown } = await read(
      '{"openapi": "3.1.0",\n "paths": {},\n "paths": {"/x": {}}}',
    );
    expect(document?.root["paths"]).toEqual({ "/x": {} });
    expect(shown).toEqual(['E006 3:2 the key "paths" stands twice in one object, first in line 2']);
  });
});

describe("Document: places and values", () => {
  const text =
    '{\r\n  "openapi": "3.1.0",\r\n  "x": {"a/b": [1, {"😀": "é😀"}], "__proto__": 9007199254740993}\r\n}';

  it("answers for keys, values, lines and numbers", async () => {
    const { document } = await read(text, "a.json");
    expect(document?.valueAt("#/x/a~1b/1/😀")).toBe("é😀");
    expect(document?.valueAt("#/x/toString")).toBeUndefined();
    expect(document?.valueAt("#/x/a~1b/length")).toBeUndefined();
    expect(document?.valueAt("#")).toBe(document?.root);
    expect(document?.rangeOf("#/x/a~1b/1/😀")).toEqual({
      start: { line: 3, column: 27 },
      end: { line: 3, column: 32 },
    });
    expect(document?.rangeOf("#/x/__proto__", "key")).toEqual({
      start: { line: 3, column: 36 },
      end: { line: 3, column: 47 },
    });
    expect(document?.rangeOf("#/nothing")).toBeUndefined();
    expect(document?.rangeOf("other.json#/x")).toBeUndefined();
    expect(document?.lineAt(2)).toBe('  "openapi": "3.1.0",');
    expect(document?.lineAt(5)).toBeUndefined();
    expect(document?.inexactNumberAt("#/x/__proto__")).toBe("9007199254740993");
  });
});

describe("readDocument: size", () => {
  it("reads 20 MB of JSON and finds a thousand places in it", async () => {
    const schema = {
      type: "object",
      properties: { a: { description: "x".repeat(500) }, b: { type: "string" } },
    };
    const schemas = Object.fromEntries(
      Array.from({ length: 32_000 }, (_, at) => [`S${String(at)}`, schema]),
    );
    const content = JSON.stringify({ openapi: "3.1.0", components: { schemas } });
    expect(content.length).toBeGreaterThan(18_000_000);
    const { document } = await read(content);
    for (let at = 0; at < 32_000; at += 32) {
      const pointer = `#/components/schemas/S${String((at * 7) % 32_000)}/properties/b/type`;
      const { start, end } = document?.rangeOf(pointer) ?? {};
      expect(document?.lineAt(1)?.slice((start?.column ?? 0) - 1, (end?.column ?? 0) - 1)).toBe(
        '"string"',
      );
    }
  });

  it("refuses more than the limit", async () => {
    const { shown } = await read(`{"a": "${"x".repeat(65 * 1024 * 1024)}"}`);
    expect(shown).toEqual(["E008 <stdin> is larger than 64 MiB, the limit"]);
  });

  it("resolves a hundred thousand references", async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [`S${String(at)}`, {}]),
    );
    const { document } = await read(JSON.stringify({ openapi: "3.1.0", components: { schemas } }));
    for (let at = 0; at < 100_000; at++) {
      const resolution = document?.resolve(
        `#/components/schemas/S${String(at % 1100)}`,
        "#/components/schemas/S1/properties/x",
      );
      expect(resolution?.found).toBe(at % 1100 < 1000);
    }
  });
});
