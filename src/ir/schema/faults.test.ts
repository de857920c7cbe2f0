import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../document/document.js";
import {
  codesOf,
  mapDocument,
  mapperFor,
  openDocument,
  placesOf,
  typesByName,
} from "./test/map-document.js";

const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const mapX = async (X: unknown, components = {}) =>
  mapDocument([{ schema: ref("X"), direction: "in" }], { X, ...components });

describe("keywords of the wrong type (E303)", () => {
  it.each<[string, unknown, string]>([
    ["$ref", 3, "$ref"],
    ["type", 3, "type"],
    ["type", [], "type"],
    ["type", ["string", 3], "type"],
    ["properties", [], "properties"],
    ["properties", "a", "properties"],
    ["properties", { a: 3 }, "properties/a"],
    ["properties", { a: null }, "properties/a"],
    ["properties", { a: [] }, "properties/a"],
    ["patternProperties", [], "patternProperties"],
    ["patternProperties", { a: "b" }, "patternProperties/a"],
    ["additionalProperties", "no", "additionalProperties"],
    ["unevaluatedProperties", 1, "unevaluatedProperties"],
    ["propertyNames", "x", "propertyNames"],
    ["required", true, "required"],
    ["required", "a", "required"],
    ["required", [1], "required"],
    ["items", "string", "items"],
    ["items", [3], "items/0"],
    ["prefixItems", {}, "prefixItems"],
    ["prefixItems", [null], "prefixItems/0"],
    ["additionalItems", [], "additionalItems"],
    ["minItems", "2", "minItems"],
    ["maxItems", null, "maxItems"],
    ["allOf", {}, "allOf"],
    ["allOf", ["x"], "allOf/0"],
    ["oneOf", "x", "oneOf"],
    ["anyOf", [7], "anyOf/0"],
    ["not", [], "not"],
    ["enum", "a", "enum"],
    ["enum", { a: 1 }, "enum"],
    ["nullable", "true", "nullable"],
    ["readOnly", 1, "readOnly"],
    ["writeOnly", "no", "writeOnly"],
    ["format", 3, "format"],
    ["contentMediaType", {}, "contentMediaType"],
    ["$dynamicRef", [], "$dynamicRef"],
    ["$defs", [], "$defs"],
  ])("%s: %j", async (keyword, value, place) => {
    const mapped = await mapX({ [keyword]: value });
    expect(placesOf(mapped)).toContain(`E303 #/components/schemas/X/${place}`);
  });

  it.each([3, null, "x", []])("a component that is %j", async (X) => {
    expect(placesOf(await mapX(X))).toEqual(["E303 #/components/schemas/X"]);
  });

  it("are all reported, once each, though both directions are mapped", async () => {
    const mapped = await mapX({
      properties: { a: { type: "int" }, b: { required: 1 }, c: { items: 2 } },
    });
    expect(placesOf(mapped)).toEqual([
      "E303 #/components/schemas/X/properties/b/required",
      "E303 #/components/schemas/X/properties/c/items",
      "E304 #/components/schemas/X/properties/a/type",
    ]);
  });

  it("say what was expected and what was found", async () => {
    const mapped = await mapX({ required: true });
    expect(mapped.diagnostics[0]?.message).toBe(
      '"required" must be a list of strings, but is boolean true',
    );
  });
});

describe("types that do not exist (E304)", () => {
  it.each([
    ["int", "integer"],
    ["Float", "number"],
    ["objekt", "object"],
    ["uuid", "string"],
  ])("%s: did you mean %s?", async (type, meant) => {
    const mapped = await mapX({ type });
    expect(mapped.diagnostics).toMatchObject([
      { code: "E304", pointer: "#/components/schemas/X/type", help: `did you mean "${meant}"?` },
    ]);
  });
});

describe("schemas that are none (W311)", () => {
  it.each<[string, unknown]>([
    ["a misspelt keyword", { typ: "string" }],
    ["what a reference leads to by mistake", { description: "A response", content: {} }],
  ])("%s", async (_what, schema) => {
    expect(placesOf(await mapX(schema))).toEqual(["W311 #/components/schemas/X"]);
  });

  it.each<[string, unknown]>([
    ["an empty schema", {}],
    [
      "keywords of JSON Schema without a type",
      { minLength: 1, $comment: "c", if: true, contains: {} },
    ],
    ["extensions", { "x-anything": 1 }],
    ["a strange key beside a type", { type: "string", optional: true }],
  ])("not %s", async (_what, schema) => {
    expect(placesOf(await mapX(schema))).toEqual([]);
  });
});

describe("depth", () => {
  const nest = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
    let schema: unknown = { type: "string" };
    for (let level = 0; level < levels; level++) schema = wrap(schema);
    return schema;
  };
  const wraps: [string, (inner: unknown) => unknown][] = [
    ["properties", (inner) => ({ properties: { a: inner } })],
    ["items", (inner) => ({ items: inner })],
    ["allOf", (inner) => ({ allOf: [inner] })],
    ["anyOf", (inner) => ({ anyOf: [inner, { type: "null" }] })],
    ["additionalProperties", (inner) => ({ additionalProperties: inner })],
    ["prefixItems", (inner) => ({ prefixItems: [inner] })],
  ];

  const codesAt = async (schema: unknown): Promise<string[]> => {
    const { mapper, diagnostics } = mapperFor(await openDocument([]));
    mapper.map({ schema: schema as JsonValue, pointer: "#/x" }, "in", "json");
    mapper.finish();
    return [...new Set(diagnostics.all.map(({ code }) => code))];
  };

  it.each(wraps)("500 levels of %s are mapped, more are an error", async (_keyword, wrap) => {
    expect(await codesAt(nest(500, wrap))).toEqual([]);
    expect(await codesAt(nest(501, wrap))).toEqual(["E305"]);
    expect(await codesAt(nest(50_000, wrap))).toEqual(["E305"]);
  });
});

describe("long chains", () => {
  const chain = (
    length: number,
    link: (next: { $ref: string }) => unknown,
  ): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        index === 0 ? "X" : `N${index}`,
        index === length - 1 ? { type: "string" } : link(ref(`N${index + 1}`)),
      ]),
    );

  it.each<[string, number, (next: { $ref: string }) => unknown]>([
    ["members", 50_000, (next) => ({ properties: { next } })],
    ["aliases", 10_000, (next) => next],
    ["unions", 10_000, (next) => ({ anyOf: [next, { type: "null" }] })],
    ["allOf", 50_000, (next) => ({ allOf: [next, { required: ["ghost"] }] })],
    ["defaults", 10_000, (next) => ({ properties: { next, a: { type: "integer", default: 1 } } })],
  ])("of components by %s end, without a deep stack: %i", async (_how, length, link) => {
    const mapped = await mapDocument([{ schema: ref("X"), direction: "out" }], chain(length, link));
    expect(mapped.types).toHaveLength(length);
    expect(codesOf(mapped)).toEqual([]);
  });

  it("a list of 200 000 values, a union of 20 000 members, an object of 50 000 members", async () => {
    const mapped = await mapX({
      properties: {
        list: { enum: Array.from({ length: 200_000 }, (_, index) => `v${index}`) },
        union: { anyOf: Array.from({ length: 20_000 }, (_, index) => ({ const: index })) },
        all: {
          allOf: Array.from({ length: 20_000 }, (_, i) => ({ properties: { [`p${i}`]: {} } })),
        },
        members: {
          properties: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`m${i}`, {}])),
          required: Array.from({ length: 50_000 }, (_, i) => `m${i}`),
        },
      },
    });
    expect(codesOf(mapped)).toEqual([]);
    expect(typesByName(mapped)["X"]).toContain('"v199999"');
  });

  it("unions of unions of unions by reference do not multiply", async () => {
    const components: Record<string, unknown> = {};
    for (let level = 0; level < 60; level++) {
      const next = ref(level === 59 ? "End" : `L${level + 1}`);
      components[`L${level}`] = { anyOf: [next, next, { type: "string" }] };
    }
    const X = {
      properties: {
        a: { ...ref("L0"), default: null },
        b: { anyOf: [ref("L0"), { type: "string" }] },
      },
    };
    const mapped = await mapX(X, { ...components, End: { enum: ["a"] } });
    expect(codesOf(mapped)).toEqual([]);
  });
});
