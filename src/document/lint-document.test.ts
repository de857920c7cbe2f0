import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import { lintDocument } from "./lint-document.js";
import { readDocument } from "./read-document.js";

async function lint(content: string): Promise<string[]> {
  const diagnostics = new Diagnostics();
  const document = await readDocument({ kind: "text", content, name: "a.json" }, {}, diagnostics);
  expect(diagnostics.all).toEqual([]);
  if (!document) throw new Error("no document");
  const before = JSON.stringify(document.root);
  await lintDocument(document, diagnostics);
  expect(JSON.stringify(document.root)).toBe(before);
  return diagnostics.all.map(({ code, severity, pointer, message }) => {
    expect(severity).toBe("warning");
    return `${code} ${pointer ?? ""} ${message}`;
  });
}

const minimal = { openapi: "3.1.0", info: { title: "t", version: "1" }, paths: {} };

describe("lintDocument", () => {
  it("has nothing against the bookshop", async () => {
    const path = resolve(import.meta.dirname, "../../fixtures/protocol/bookshop.json");
    expect(await lint(readFileSync(path, "utf8"))).toEqual([]);
  });

  it("reports the place in the document itself, also behind a reference", async () => {
    const document = {
      ...minimal,
      paths: { "/a": { get: { responses: { 200: { $ref: "#/components/responses/R" } } } } },
      components: { responses: { R: { content: {} } } },
    };
    expect(await lint(JSON.stringify(document))).toEqual([
      "W010 #/components/responses/R must have required property 'description'",
    ]);
  });

  it("takes 3.2 for 3.1, and any 3.0 and 3.1", async () => {
    for (const openapi of ["3.2.0", "3.1.9", "3.0.9"]) {
      expect(await lint(JSON.stringify({ ...minimal, openapi }))).toEqual([]);
    }
    expect(await lint(JSON.stringify({ openapi: "3.2.0", paths: {} }))).toEqual([
      "W010 # must have required property 'info'",
    ]);
  });

  it("opens no other document", async () => {
    const schemas = { A: { $ref: "../package.json" }, B: { $ref: "http://127.0.0.1:9/x.json" } };
    expect(await lint(JSON.stringify({ ...minimal, components: { schemas } }))).toEqual([]);
  });

  it("ends for references that multiply, circles, and odd keys", async () => {
    const schemas: Record<string, unknown> = { A: { $ref: "#/components/schemas/A" } };
    for (let at = 0; at < 60; at++) {
      const next = { $ref: `#/components/schemas/S${String(at + 1)}` };
      schemas[`S${String(at)}`] = { allOf: [next, next] };
    }
    const text = JSON.stringify({ ...minimal, components: { schemas } });
    expect(await lint(text.replace('"A":', '"__proto__":{"type":"string"},"A":'))).toEqual([]);
  });

  it("says what it makes of a document that it refuses as a whole", async () => {
    expect(await lint(JSON.stringify({ ...minimal, info: { title: "t", version: 1 } }))).toEqual([
      'W010 #/info/version API version number must be a string (e.g. "1.0.0") not a number.',
    ]);
  });
});
