import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TypeNode } from "../type-node.js";
import { components, junk, replaceAt, reverseKeywords, uses } from "./test/arbitrary-schemas.js";
import { mapDocument, typesByName, type Mapped, type Use } from "./test/map-document.js";
import { printType } from "./test/print-type.js";
import { typeErrors } from "./test/type-errors.js";

/** Names that a tree refers to, and a check of what type-node.ts promises of each kind. */
function inspect(node: TypeNode, names: Set<string>, parent?: TypeNode): void {
  switch (node.kind) {
    case "reference":
      names.add(node.name);
      break;
    case "array":
      inspect(node.element, names, node);
      break;
    case "tuple":
      for (const { type } of node.elements) inspect(type, names, node);
      if (node.rest !== undefined) inspect(node.rest, names, node);
      break;
    case "object":
      expect(new Set(node.members.map(({ name }) => name)).size).toBe(node.members.length);
      for (const { type } of node.members) inspect(type, names, node);
      if (node.index !== undefined) inspect(node.index, names, node);
      break;
    case "record":
      inspect(node.keys, names, node);
      inspect(node.value, names, node);
      break;
    case "union":
    case "intersection":
      expect(node.members.length).toBeGreaterThan(1);
      expect(node.members.some(({ kind }) => kind === node.kind)).toBe(false);
      expect(new Set(node.members.map(printType)).size).toBe(node.members.length);
      for (const member of node.members) inspect(member, names, node);
      break;
    case "open-string":
      expect(parent?.kind).toBe("union");
      break;
    default:
  }
}

function checkWhole(mapped: Mapped): void {
  const names = new Set<string>();
  for (const root of mapped.roots) inspect(root, names);
  for (const { type } of mapped.types) inspect(type, names);
  const given = mapped.types.map(({ name }) => name);
  expect(new Set(given).size).toBe(given.length);
  expect([...names].filter((name) => !given.includes(name))).toEqual([]);
  expect(given.filter((name) => !/^[A-Za-z_]\w*$/.test(name))).toEqual([]);
}

const documents = fc.record({ components, uses });

describe("any document", () => {
  it("is mapped to whole types, with any junk anywhere, and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(fc.tuple(fc.nat(120), junk), { maxLength: 3 }),
        async (document, changes) => {
          let broken: unknown = document.components;
          for (const [at, value] of changes) broken = replaceAt(broken, at + 1, value);
          const mapped = await mapDocument(document.uses, broken as Record<string, unknown>);
          checkWhole(mapped);
          for (const { pointer } of mapped.diagnostics) expect(pointer).toMatch(/^#\//);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("gives the same types when keywords stand in another order", async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const reversed = Object.fromEntries(
          Object.entries(document.components).map(([key, schema]) => [
            key,
            reverseKeywords(schema),
          ]),
        );
        const one = await mapDocument(document.uses, document.components);
        const other = await mapDocument(
          document.uses.map((use) => ({ ...use, schema: reverseKeywords(use.schema) })),
          reversed,
        );
        expect(other.types).toEqual(one.types);
        expect(other.roots).toEqual(one.roots);
        const codes = ({ diagnostics }: Mapped): string[] =>
          diagnostics.map(({ code, pointer }) => `${code} ${pointer ?? ""}`).sort();
        expect(codes(other)).toEqual(codes(one));
      }),
      { numRuns: 500 },
    );
  });

  it("renames nothing when functions or components are added", async () => {
    await fc.assert(
      fc.asyncProperty(documents, uses, components, async (document, more, others) => {
        const json = (list: readonly Use[]): Use[] =>
          list.map((use) => ({ ...use, media: "json" }));
        const added = Object.fromEntries(
          Object.entries(others).map(([key, schema]) => [`Z${key}`, schema]),
        );
        const before = await mapDocument(json(document.uses), document.components);
        const after = await mapDocument(json([...document.uses, ...more]), {
          ...document.components,
          ...added,
        });
        before.roots.forEach((root, index) => {
          if (root.kind === "reference") expect(after.roots[index]).toEqual(root);
        });
        // Members may come and go with readOnly and writeOnly (types.md section 4), and types with them; names may not.
        const [old, now] = [namesByUse(before), namesByUse(after)];
        for (const [use, name] of old) expect([use, now.get(use) ?? name]).toEqual([use, name]);
      }),
      { numRuns: 500 },
    );
  });

  it("whose types have no errors compiles", async () => {
    const sources: string[] = [];
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const mapped = await mapDocument(document.uses, document.components);
        if (mapped.diagnostics.some(({ severity }) => severity === "error")) return;
        sources.push(sourceOf(mapped, document.uses));
      }),
      { numRuns: Number(process.env["MIZAN_FUZZ_RUNS"] ?? 600) },
    );
    expect(sources.length).toBeGreaterThan(100);
    expect(typeErrors(sources)).toEqual([]);
  });
});

/** The name of each schema's type, by direction and place. */
function namesByUse(mapped: Mapped): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, pointer, alsoAt = [], position } of mapped.types) {
    for (const direction of position === "both" ? ["in", "out"] : [position]) {
      for (const place of [pointer, ...alsoAt]) names.set(`${direction} ${place}`, name);
    }
  }
  return names;
}

function sourceOf(mapped: Mapped, all: readonly Use[]): string {
  const types = Object.entries(typesByName(mapped)).map(
    ([name, type]) => `export type ${name} = ${type};`,
  );
  const roots = mapped.roots.map((root, index) => {
    const comment = `/* ${all[index]?.direction ?? ""} */`;
    return `export type $Root${index} = ${comment} ${printType(root)};`;
  });
  return [...types, ...roots].join("\n");
}
