import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { Document, JsonObject } from "./document.js";
import { DocumentMemory } from "./document-memory.js";
import { parseDocument } from "./read-document.js";
import { readSource } from "./read-source.js";

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "mizan-memory-"));
});

afterEach(() => rm(cwd, { recursive: true }));

/** What is read of the files with a memory, after it was compared with what is read without one. */
async function read(
  files: Readonly<Record<string, unknown>>,
  memory: DocumentMemory,
): Promise<{ document: Document | null; messages: readonly string[] }> {
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(join(cwd, name), text);
  }
  const [without, result] = [await parse(), await parse(memory)];
  expect(result.messages).toEqual(without.messages);
  expect(result.document?.root).toEqual(without.document?.root);
  expect(result.document?.hash).toBe(without.document?.hash);
  expect(result.document?.files).toEqual(without.document?.files);
  return result;
}

async function parse(
  memory?: DocumentMemory,
): Promise<{ document: Document | null; messages: readonly string[] }> {
  const diagnostics = new Diagnostics();
  const options = { cwd, allowRefs: "files" } as const;
  const input = { kind: "file", path: "openapi.json" } as const;
  const result = await readSource(input, options, diagnostics);
  if (result.status !== "read") throw new Error(result.status);
  const document = await parseDocument(result.source, options, diagnostics, {}, memory);
  return { document, messages: diagnostics.all.map(({ code, message }) => `${code} ${message}`) };
}

const reference = (to: string): object => ({ components: { schemas: { A: { $ref: to } } } });

describe("a document that is read with a memory", () => {
  it("is made of the objects of the one before", async () => {
    const memory = new DocumentMemory();
    const root = { openapi: "3.1.0", info: { title: "a" }, paths: { "/a": { get: {} } } };
    const { document: first } = await read({ "openapi.json": root }, memory);
    const { document: second } = await read(
      { "openapi.json": { ...root, info: { title: "longer" } } },
      memory,
    );
    expect(second?.valueAt("#/info")).not.toBe(first?.valueAt("#/info"));
    expect(second?.valueAt("#/paths")).toBe(first?.valueAt("#/paths"));
    expect(second?.rangeOf("#/paths", "key")?.start.column).toBe(
      (first?.rangeOf("#/paths", "key")?.start.column ?? 0) + 5,
    );
  });

  it("keeps the objects of files beside it, each by its key", async () => {
    const memory = new DocumentMemory();
    const files = {
      "openapi.json": { openapi: "3.1.0", ...reference("b.json#/B") },
      "b.json": { B: { $ref: "c.yaml#/C" }, D: [] },
      "c.yaml": "C: {type: string}\nE: {}\n",
    };
    const { document: first } = await read(files, memory);
    const { document: second } = await read({ "b.json": { ...files["b.json"], F: 1 } }, memory);
    const { document: third } = await read({ "c.yaml": "C: {type: number}\nE: {}\n" }, memory);
    expect(first?.files).toEqual(["b.json", "c.yaml"]);
    expect(second?.valueAt("#")).toBe(first?.valueAt("#"));
    expect(second?.valueAt("b.json#/D")).toBe(first?.valueAt("b.json#/D"));
    expect(second?.valueAt("b.json#")).not.toBe(first?.valueAt("b.json#"));
    expect(second?.valueAt("c.yaml#")).toBe(first?.valueAt("c.yaml#"));
    expect(third?.valueAt("b.json#")).toBe(second?.valueAt("b.json#"));
    expect(third?.valueAt("c.yaml#/E")).toBe(second?.valueAt("c.yaml#/E"));
    expect(third?.valueAt("c.yaml#/C")).toEqual({ type: "number" });
  });

  it("forgets files that it has no reference to any more", async () => {
    const memory = new DocumentMemory();
    await read(
      { "openapi.json": { openapi: "3.1.0", ...reference("b.json#/B") }, "b.json": { B: {} } },
      memory,
    );
    expect(memory.textOf("b.json").json).toBeDefined();
    await read({ "openapi.json": { openapi: "3.1.0" } }, memory);
    expect(memory.textOf("b.json").json).toBeUndefined();
    expect(memory.textOf("").json).toBeDefined();
  });

  it("says again what is wrong with the shape of a path, and of no other", async () => {
    const memory = new DocumentMemory();
    const root = (summary: string, responses: unknown): object => ({
      openapi: "3.1.0",
      info: { summary },
      paths: { "/a": { get: { responses: {} } }, "/b": { get: { responses } }, "/c": 1, "/d": {} },
    });
    const wrong = [
      "E015 paths/~1b/get/responses must be an object, this is an array",
      "E015 paths/~1c must be an object, this is a number",
    ];
    for (const [summary, responses, expected] of [
      ["a", [], wrong],
      ["b", [], wrong],
      ["b", {}, wrong.slice(1)],
      ["c", {}, wrong.slice(1)],
      ["c", [], wrong],
    ] as const) {
      const { document, messages } = await read(
        { "openapi.json": root(summary, responses) },
        memory,
      );
      expect(messages).toEqual(expected);
      const isSound = (pointer: string): boolean =>
        memory.soundPaths.has(document?.valueAt(pointer) as JsonObject);
      expect(["#/paths/~1a", "#/paths/~1d"].map(isSound)).toEqual([true, true]);
      expect(isSound("#/paths/~1b")).toBe(!Array.isArray(responses));
      expect(isSound("#/paths")).toBe(false);
    }
  });

  it("is found broken as from nothing, and is itself again when that is over", async () => {
    const memory = new DocumentMemory();
    const whole = '{"openapi": "3.1.0", "paths": {}}';
    const { document: first } = await read({ "openapi.json": whole }, memory);
    for (const text of [
      whole.slice(0, 30),
      "<html>",
      '{"openapi": "3.1.0", "paths": {}, "paths": {}}',
    ]) {
      expect((await read({ "openapi.json": text }, memory)).messages).toHaveLength(1);
    }
    expect((await read({ "openapi.json": whole }, memory)).document?.root).toBe(first?.root);
    const { messages } = await read({ "openapi.json": whole.replace("3.1.0", "2.0") }, memory);
    expect(messages).toEqual([
      'E011 OpenAPI "2.0" is not supported; OpenAPI 3.0, 3.1 and 3.2 are read',
    ]);
  });
});
