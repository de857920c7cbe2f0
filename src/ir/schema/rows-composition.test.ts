import { describe, expect, it } from "vitest";
import {
  codesOf,
  mapBothWays,
  mapComponents,
  mapDocument,
  placesOf,
  typesByName,
} from "./test/map-document.js";

type Row = readonly [row: string, schema: unknown, type: string, codes?: readonly string[]];

const text = { type: "string" };
const number = { type: "number" };
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const components = {
  Base: { type: "object", properties: { id: number, kind: text, note: text }, required: ["id"] },
  Other: { type: "object", properties: { b: number } },
  Color: { type: "string", enum: ["red", "green"] },
  Text: { type: "string" },
  Wide: { oneOf: [ref("Base"), ref("Other")] },
};

/** types.md section 4: `$ref`, `allOf`, `oneOf`, `anyOf`; 3.1 and 3.2: what other generators' suites ask of them. */
const rows: readonly Row[] = [
  ["$ref", ref("Base"), "Base"],
  [
    "$ref + annotations",
    { ...ref("Base"), description: "d", title: "T", deprecated: true, default: 1 },
    "Base",
  ],
  ["$ref + type", { ...ref("Base"), type: "object" }, "Base"],
  ["$ref + nullable", { ...ref("Base"), nullable: true }, "Base | null"],
  ["$ref + type with null", { ...ref("Base"), type: ["object", "null"] }, "Base | null"],
  [
    "$ref + properties",
    { ...ref("Base"), properties: { x: text }, required: ["x"] },
    "Base & { x: string }",
  ],
  ["$ref + required", { ...ref("Base"), required: ["note"] }, "Base & { note: string }"],
  ["$ref + required that is required there", { ...ref("Base"), required: ["id"] }, "Base"],
  [
    "$ref + additionalProperties",
    { ...ref("Base"), additionalProperties: true },
    "Base & { [key: string]: unknown }",
  ],
  ["$ref + additionalProperties: false", { ...ref("Base"), additionalProperties: false }, "Base"],
  [
    "$ref + allOf",
    { ...ref("Base"), allOf: [{ properties: { x: text } }] },
    "Base & { x?: string }",
  ],
  ["$ref + allOf of a reference", { ...ref("Base"), allOf: [ref("Other")] }, "Base & Other"],
  ["$ref + const", { ...ref("Color"), const: "red" }, 'Color & "red"'],
  ["$ref + enum", { ...ref("Color"), enum: ["red"] }, 'Color & "red"'],
  [
    "$ref + oneOf",
    { ...ref("Base"), oneOf: [{ properties: { x: text } }, { properties: { y: text } }] },
    "Base & ({ x?: string } | { y?: string })",
    ["W309"],
  ],

  ["nullable ref, 3.1: anyOf", { anyOf: [ref("Base"), { type: "null" }] }, "Base | null"],
  ["nullable ref, null first", { anyOf: [{ type: "null" }, ref("Base")] }, "Base | null"],
  ["nullable ref, 3.0: allOf + nullable", { allOf: [ref("Base")], nullable: true }, "Base | null"],
  [
    "nullable ref, Nest: allOf + nullable + type",
    { type: "object", allOf: [ref("Base")], nullable: true },
    "Base | null",
  ],
  [
    "nullable ref, oneOf with an enum of null (DRF)",
    { nullable: true, oneOf: [ref("Color"), { enum: [""] }, { enum: [null] }] },
    'Color | "" | null',
  ],

  ["allOf of references", { allOf: [ref("Base"), ref("Other")] }, "Base & Other"],
  ["allOf of one reference", { allOf: [ref("Base")] }, "Base"],
  [
    "allOf of one reference + annotations",
    { allOf: [ref("Base")], description: "d", title: "T" },
    "Base",
  ],
  [
    "allOf + own properties",
    { allOf: [ref("Base")], properties: { x: text }, required: ["x"] },
    "Base & { x: string }",
  ],
  [
    "allOf, inline parts become one object",
    { allOf: [{ properties: { a: text }, required: ["a"] }, { properties: { b: number } }] },
    "{ a: string; b?: number }",
  ],
  [
    "allOf, the same member in two parts",
    {
      allOf: [{ properties: { a: text } }, { properties: { a: { enum: ["x"] } }, required: ["a"] }],
    },
    '{ a: "x" }',
  ],
  [
    "allOf, annotation-only members vanish",
    { allOf: [ref("Base"), { description: "d" }, {}] },
    "Base",
  ],
  [
    "allOf, a bare type: object vanishes",
    { allOf: [ref("Base"), { type: "object" }], type: "object" },
    "Base",
  ],
  [
    "allOf of nothing but type: object",
    { allOf: [{ type: "object" }] },
    "{ [key: string]: unknown }",
  ],
  ["allOf of a scalar reference and its type", { allOf: [ref("Text"), text] }, "Text"],
  [
    "allOf of scalars",
    { allOf: [text, { maxLength: 3 }, { enum: ["a", "b"] }, { enum: ["b", "c"] }] },
    '"b"',
  ],
  ["allOf: []", { type: "object", properties: { a: text }, allOf: [] }, "{ a?: string }"],
  [
    "allOf, required names a member of the reference",
    { allOf: [ref("Base"), { required: ["note"] }] },
    "Base & { note: string }",
  ],
  [
    "allOf, required beside it names a member of the reference",
    { allOf: [ref("Base")], required: ["note", "id"] },
    "Base & { note: string }",
  ],
  [
    "allOf, required names a member of another part",
    { allOf: [{ properties: { a: text } }, { required: ["a"] }] },
    "{ a: string }",
  ],
  [
    "allOf, required names a member through a reference's allOf",
    { allOf: [{ allOf: [ref("Base")] }, { required: ["kind"] }] },
    "Base & { kind: string }",
  ],
  [
    "allOf, required names a member of a union",
    { allOf: [ref("Wide"), { required: ["b"] }] },
    "Wide & { b: unknown }",
  ],
  [
    "allOf + additionalProperties: false: closed whole",
    { allOf: [ref("Base")], additionalProperties: false },
    "Base",
  ],
  [
    "allOf + unevaluatedProperties: false",
    { allOf: [ref("Base"), { properties: { x: text } }], unevaluatedProperties: false },
    "Base & { x?: string }",
  ],
  [
    "allOf with a union",
    { allOf: [ref("Base"), { oneOf: [ref("Other"), { properties: { c: text } }] }] },
    "Base & (Other | { c?: string })",
    ["W309"],
  ],
  [
    "allOf of unions is not distributed",
    { allOf: [{ anyOf: [text, number] }, { anyOf: [ref("Base"), ref("Other")] }] },
    "(string | number) & (Base | Other)",
  ],
  ["allOf that cannot be satisfied", { allOf: [text, number] }, "never", ["W304"]],
  [
    "allOf whose members contradict each other",
    { allOf: [{ properties: { a: text } }, { properties: { a: number } }] },
    "{ a?: never }",
    ["W304"],
  ],

  ["oneOf", { oneOf: [text, number] }, "string | number"],
  [
    "anyOf flattened and deduplicated",
    { anyOf: [text, { anyOf: [number, { type: "string", maxLength: 3 }] }] },
    "string | number",
  ],
  ["anyOf with {}", { anyOf: [text, {}] }, "unknown"],
  ["anyOf with false", { anyOf: [text, false] }, "string"],
  ["anyOf of nothing possible (oRPC void)", { anyOf: [{ not: {} }, { not: {} }] }, "never"],
  ["oneOf: []", { oneOf: [] }, "never", ["E309"]],
  [
    "oneOf of const",
    { oneOf: [{ const: "a", title: "A" }, { const: 0 }, { const: false }] },
    '"a" | 0 | false',
  ],
  [
    "oneOf beside a type list with null",
    { type: ["string", "number", "null"], oneOf: [text, number] },
    "string | number | null",
  ],
  [
    "anyOf of constraints",
    { type: "string", anyOf: [{ minLength: 1 }, { pattern: "a" }] },
    "string",
  ],
  [
    "oneOf + sibling properties",
    {
      properties: { a: text },
      required: ["a"],
      oneOf: [{ properties: { b: number } }, ref("Other")],
    },
    "{ a: string } & ({ b?: number } | Other)",
    ["W309"],
  ],
  [
    "oneOf and anyOf",
    {
      oneOf: [ref("Base"), ref("Other")],
      anyOf: [{ properties: { c: text } }, { properties: { d: text } }],
    },
    "(Base | Other) & ({ c?: string } | { d?: string })",
  ],
  [
    "discriminating booleans",
    {
      oneOf: [
        { properties: { ok: { const: true } }, required: ["ok"] },
        { properties: { ok: { const: false } }, required: ["ok"] },
      ],
    },
    "{ ok: true } | { ok: false }",
  ],
  ["open enum", { anyOf: [{ enum: ["a", "b"] }, text] }, '"a" | "b" | (string & {})'],
  ["open named enum", { anyOf: [text, ref("Color")] }, "(string & {}) | Color"],
  ["open enum of numbers", { anyOf: [{ enum: [1, 2] }, number] }, "number"],
  [
    "nullable open enum",
    { anyOf: [text, { enum: ["a"] }, { type: "null" }] },
    '(string & {}) | "a" | null',
  ],

  [
    "branches of only required expand the parent",
    { properties: { a: text, b: number }, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
    "{ a: string; b?: number } | { a?: string; b: number }",
  ],
  [
    "oneOf of only required, with type",
    {
      type: "object",
      properties: { a: text, b: number },
      oneOf: [
        { type: "object", required: ["a"] },
        { required: ["b"], not: { required: ["a"] } },
      ],
    },
    "{ a: string; b?: number } | { a?: string; b: number }",
  ],
  [
    "branches of only required beside a reference",
    { allOf: [ref("Base")], anyOf: [{ required: ["kind"] }, { required: ["note"] }] },
    "Base & ({ kind: string } | { note: string })",
  ],
  [
    "branches that require and declare",
    {
      properties: { a: text },
      anyOf: [{ required: ["a"] }, { properties: { b: number }, required: ["b"] }],
    },
    "{ a?: string } & ({ a: string } | { b: number })",
  ],
  [
    "a branch that requires, or nothing",
    { properties: { a: text }, anyOf: [{ required: ["a"] }, { not: { required: ["a"] } }] },
    "{ a?: string }",
  ],
  [
    "a branch that requires what is undeclared",
    { properties: { a: text }, anyOf: [{ required: ["a"] }, { required: ["x"] }] },
    "{ a?: string } & ({ a: string } | { x: unknown })",
  ],

  [
    "oneOf that nothing tells apart",
    { oneOf: [ref("Other"), { properties: { b: number, c: text } }] },
    "Other | { b?: number; c?: string }",
    ["W309"],
  ],
  [
    "oneOf told apart by required members",
    { oneOf: [ref("Base"), { properties: { x: text }, required: ["x"] }] },
    "Base | { x: string }",
  ],
  ["oneOf of an object and a scalar", { oneOf: [ref("Other"), text] }, "Other | string"],
];

describe("types.md section 4: references and compositions", () => {
  it.each(rows)("%s", async (_row, schema, type, codes = []) => {
    expect(await mapBothWays(schema, components)).toEqual({ in: type, out: type, codes });
  });

  it("more than ten branches of only required leave the base beside the union", async () => {
    const names = Array.from({ length: 11 }, (_, index) => `m${index}`);
    const { in: type } = await mapBothWays({
      properties: Object.fromEntries(names.map((name) => [name, text])),
      anyOf: names.map((name) => ({ required: [name] })),
    });
    expect(type).toContain("} & ({ m0: string } | ");
  });

  it("fourteen unions in allOf stay an intersection", async () => {
    const unions = Array.from({ length: 14 }, (_, group) => ({
      oneOf: Array.from({ length: 10 }, (_, index) => ({
        properties: { [`g${group}`]: { const: index } },
        required: [`g${group}`],
      })),
    }));
    const { in: type } = await mapBothWays({ allOf: unions });
    expect(type.split(" & ")).toHaveLength(14);
  });
});

describe("references", () => {
  it("lead into properties, items, parameters and responses by names made from their places", async () => {
    const mapped = await mapDocument(
      [
        "#/components/schemas/User/properties/address",
        "#/components/schemas/User/properties/tags/items",
        "#/components/schemas/User/$defs/Role",
        "#/components/schemas/User/oneOf/0",
      ].map(($ref) => ({ schema: { $ref }, direction: "in" })),
      {
        User: {
          properties: { address: { properties: { city: text } }, tags: { items: { enum: ["a"] } } },
          $defs: { Role: { enum: ["admin"] } },
          oneOf: [{ properties: { x: text } }],
        },
      },
    );
    expect(typesByName(mapped)).toEqual({
      UserRole: '"admin"',
      UserVariant1: "{ x?: string }",
      UserAddress: "{ city?: string }",
      UserTagsItem: '"a"',
    });
  });

  it("into the pasted $defs of a component are found there, with a warning", async () => {
    const mapped = await mapDocument([{ schema: ref("Order"), direction: "out" }], {
      Order: {
        $defs: { Item: { properties: { no: number, next: { $ref: "#/$defs/Item" } } } },
        properties: { items: { items: { $ref: "#/$defs/Item" } } },
      },
    });
    expect(typesByName(mapped)).toEqual({
      Order: "{ items?: OrderItem[] }",
      OrderItem: "{ no?: number; next?: OrderItem }",
    });
    expect(codesOf(mapped)).toEqual(["W308", "W308"]);
  });

  it("that lead nowhere are all reported, with their places", async () => {
    const mapped = await mapDocument([{ schema: ref("A"), direction: "in" }], {
      A: { properties: { b: ref("Missing"), c: { items: ref("toString") } } },
      Mission: {},
    });
    expect(placesOf(mapped)).toEqual([
      "E300 #/components/schemas/A/properties/b/$ref",
      "E300 #/components/schemas/A/properties/c/items/$ref",
    ]);
    expect(mapped.diagnostics.map(({ message }) => message).join()).toContain('"Mission"');
  });

  it("to a boolean component", async () => {
    expect(await mapComponents({ X: true })).toEqual({ X: "unknown" });
    expect(await mapComponents({ X: false })).toEqual({ X: "never" });
  });

  it("by $dynamicRef to an anchor that stands once are references", async () => {
    const X = {
      $dynamicAnchor: "node",
      properties: { children: { items: { $dynamicRef: "#node" } } },
    };
    expect(await mapComponents({ X })).toEqual({ X: "{ children?: X[] }" });
  });

  it("by $recursiveRef are unknown, with a warning", async () => {
    const mapped = await mapDocument([{ schema: ref("X"), direction: "out" }], {
      X: { $recursiveAnchor: true, items: { $recursiveRef: "#" } },
    });
    expect(typesByName(mapped)).toEqual({ X: "unknown[]" });
    expect(placesOf(mapped)).toEqual(["W312 #/components/schemas/X/items/$recursiveRef"]);
  });

  it("by $dynamicRef to a generic anchor are unknown, with a warning", async () => {
    const mapped = await mapDocument([{ schema: ref("Users"), direction: "out" }], {
      Page: {
        $defs: { T: { $dynamicAnchor: "T", not: {} } },
        properties: { items: { items: { $dynamicRef: "#T" } } },
      },
      Users: {
        $ref: "#/components/schemas/Page",
        $defs: { T: { $dynamicAnchor: "T", ...ref("User") } },
      },
      User: {},
    });
    expect(typesByName(mapped)).toEqual({ Page: "{ items?: unknown[] }", Users: "Page" });
    expect(placesOf(mapped)).toEqual([
      "W312 #/components/schemas/Page/properties/items/items/$dynamicRef",
    ]);
  });
});
