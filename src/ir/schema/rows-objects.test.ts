import { describe, expect, it } from "vitest";
import { mapBothWays, mapComponents, mapDocument, typesByName } from "./test/map-document.js";

type Row = readonly [
  row: string,
  schema: Record<string, unknown>,
  input: string,
  output?: string,
  codes?: readonly string[],
];

const text = { type: "string" };
const number = { type: "integer" };
const components = {
  Color: { type: "string", enum: ["red", "blue"], default: "red" },
  Maybe: { anyOf: [{ type: "string" }, { type: "null" }] },
  User: { type: "object", properties: { id: number }, required: ["id"] },
};
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** types.md section 4: the rows on objects. One type stands for both directions. */
const rows: readonly Row[] = [
  ["{type: object}", { type: "object" }, "{ [key: string]: unknown }"],
  ["properties: {}", { type: "object", properties: {} }, "{ [key: string]: unknown }"],
  [
    "object, closed, no properties",
    { type: "object", additionalProperties: false },
    "Record<string, never>",
  ],
  [
    "object, closed by unevaluatedProperties",
    { type: "object", unevaluatedProperties: false },
    "Record<string, never>",
  ],
  [
    "object, closed by maxProperties",
    { type: "object", maxProperties: 0 },
    "Record<string, never>",
  ],
  ["property not in required", { properties: { k: text } }, "{ k?: string }"],
  ["property in required", { properties: { k: text }, required: ["k"] }, "{ k: string }"],
  [
    "property that can have no value",
    { properties: { k: false, l: { not: {} } } },
    "{ k?: never; l?: never }",
  ],
  [
    "a property called $ref",
    { properties: { $ref: text, $defs: number } },
    "{ $ref?: string; $defs?: number }",
  ],
  [
    "properties with names of Object.prototype",
    { properties: { constructor: text, toString: number, valueOf: text } },
    "{ constructor?: string; toString?: number; valueOf?: string }",
  ],
  [
    "property names with quotes, dots and backticks",
    { properties: { "a.b": text, 'c"d': text, "`e`": text, "": text } },
    '{ "a.b"?: string; "c\\"d"?: string; "`e`"?: string; ""?: string }',
  ],
  [
    "boolean properties",
    { properties: { yes: true, no: false }, required: ["yes"] },
    "{ yes: unknown; no?: never }",
  ],

  [
    "property with default, not required",
    { properties: { k: { ...number, default: 3 } } },
    "{ k?: number }",
    "{ k: number }",
  ],
  [
    "property with default, required",
    { properties: { k: { ...number, default: 3 } }, required: ["k"] },
    "{ k: number }",
  ],
  [
    "property with default, another defaulted one required: a truthful producer",
    { properties: { k: { ...number, default: 3 }, l: { ...number, default: 4 } }, required: ["l"] },
    "{ k?: number; l: number }",
  ],
  [
    "property with default, another one without default required",
    { properties: { k: { ...number, default: 3 }, l: number }, required: ["l"] },
    "{ k?: number; l: number }",
    "{ k: number; l: number }",
  ],
  [
    "default: null on a type without null",
    { properties: { k: { ...number, default: null } } },
    "{ k?: number }",
    "{ k: number | null }",
  ],
  [
    "default: null on a type with null",
    { properties: { k: { type: ["string", "null"], default: null } } },
    "{ k?: string | null }",
    "{ k: string | null }",
  ],
  [
    "default: null, required",
    { properties: { k: { ...number, default: null } }, required: ["k"] },
    "{ k: number }",
    "{ k: number | null }",
  ],
  [
    "default: null on a reference with null",
    { properties: { k: { ...ref("Maybe"), default: null } } },
    "{ k?: Maybe }",
    "{ k: Maybe }",
  ],
  [
    "default: null on a reference without null",
    { properties: { k: { ...ref("User"), default: null } } },
    "{ k?: User }",
    "{ k: User | null }",
  ],
  [
    "default of an empty list or object",
    {
      properties: {
        k: { type: "array", items: text, default: [] },
        l: { type: "object", default: {} },
      },
    },
    "{ k?: string[]; l?: { [key: string]: unknown } }",
    "{ k: string[]; l: { [key: string]: unknown } }",
  ],
  ["default only on the $ref target", { properties: { k: ref("Color") } }, "{ k?: Color }"],
  [
    "default beside a $ref",
    { properties: { k: { ...ref("Color"), default: "red" } } },
    "{ k?: Color }",
    "{ k: Color }",
  ],
  [
    "default beside allOf with a $ref",
    { properties: { k: { allOf: [ref("Color")], default: "red" } } },
    "{ k?: Color }",
    "{ k: Color }",
  ],
  [
    "default in a part of allOf",
    { properties: { k: { allOf: [ref("Color"), { default: "red" }] } } },
    "{ k?: Color }",
    "{ k: Color }",
  ],
  [
    "default of the wrong type",
    { properties: { k: { ...number, default: "3" } } },
    "{ k?: number }",
    "{ k: number }",
    ["W307"],
  ],

  [
    "readOnly, not required",
    { properties: { id: { ...number, readOnly: true }, k: text } },
    "{ k?: string }",
    "{ id?: number; k?: string }",
  ],
  [
    "writeOnly, not required",
    { properties: { pw: { ...text, writeOnly: true }, k: text } },
    "{ pw?: string; k?: string }",
    "{ k?: string }",
  ],
  [
    "readOnly beside a $ref",
    { properties: { u: { ...ref("User"), readOnly: true }, k: text } },
    "{ k?: string }",
    "{ u?: User; k?: string }",
  ],
  [
    "readOnly beside allOf",
    { properties: { u: { allOf: [ref("User")], readOnly: true }, k: text } },
    "{ k?: string }",
    "{ u?: User; k?: string }",
  ],
  [
    "readOnly and required, used in IN only (zod)",
    { properties: { id: { ...number, readOnly: true } }, required: ["id"] },
    "{ id: number }",
  ],
  [
    "writeOnly and required, used in OUT only (SecretStr)",
    { properties: { pw: { ...text, writeOnly: true } }, required: ["pw"] },
    "{ pw: string }",
  ],
  [
    "nothing but readOnly members",
    { properties: { id: { ...number, readOnly: true } } },
    "{ [key: string]: unknown }",
    "{ id?: number }",
  ],

  ["required but undeclared", { type: "object", required: ["ghost"] }, "{ ghost: unknown }"],
  [
    "required but undeclared, beside others",
    { properties: { k: text }, required: ["ghost", "k"] },
    "{ k: string; ghost: unknown }",
  ],
  [
    "required but undeclared, with additionalProperties S",
    { required: ["ghost"], additionalProperties: number },
    "{ ghost: number; [key: string]: number }",
  ],
  [
    "required but undeclared, declared by the $ref",
    { ...ref("User"), required: ["ghost"] },
    "User & { ghost: unknown }",
  ],

  ["additionalProperties absent", { properties: { k: text }, type: "object" }, "{ k?: string }"],
  [
    "additionalProperties: false",
    { properties: { k: text }, additionalProperties: false },
    "{ k?: string }",
  ],
  [
    "unevaluatedProperties: false",
    { properties: { k: text }, unevaluatedProperties: false },
    "{ k?: string }",
  ],
  [
    "additionalProperties: true, no members",
    { type: "object", additionalProperties: true },
    "{ [key: string]: unknown }",
  ],
  [
    "additionalProperties: true + members",
    { properties: { k: text }, additionalProperties: true },
    "{ k?: string; [key: string]: unknown }",
  ],
  [
    "additionalProperties: {} + members",
    { properties: { k: text }, additionalProperties: {} },
    "{ k?: string; [key: string]: unknown }",
  ],
  [
    "additionalProperties S, no members",
    { type: "object", additionalProperties: text },
    "{ [key: string]: string }",
  ],
  [
    "additionalProperties S without type",
    { additionalProperties: ref("User") },
    "{ [key: string]: User }",
  ],
  [
    "additionalProperties S + required member",
    { properties: { k: number }, required: ["k"], additionalProperties: text },
    "{ k: number; [key: string]: string | number }",
  ],
  [
    "additionalProperties S + optional member",
    { properties: { k: number }, additionalProperties: text },
    "{ k?: number; [key: string]: string | number | undefined }",
  ],
  [
    "additionalProperties S + member with default",
    { properties: { k: { ...number, default: 1 } }, additionalProperties: text },
    "{ k?: number; [key: string]: string | number | undefined }",
    "{ k: number; [key: string]: string | number }",
  ],
  [
    "additionalProperties that can have no value",
    { properties: { k: number }, additionalProperties: { not: {} } },
    "{ k?: number }",
  ],
  [
    "unevaluatedProperties S",
    { type: "object", unevaluatedProperties: text },
    "{ [key: string]: string }",
  ],
  [
    "dict[int, T]: propertyNames without a list",
    { type: "object", additionalProperties: text, propertyNames: { pattern: "^\\d+$" } },
    "{ [key: string]: string }",
  ],

  [
    "propertyNames enum",
    { type: "object", propertyNames: { enum: ["a", "b"] }, additionalProperties: number },
    'Partial<Record<"a" | "b", number>>',
  ],
  [
    "propertyNames enum, all required",
    {
      type: "object",
      propertyNames: { type: "string", enum: ["a", "b"] },
      additionalProperties: number,
      required: ["a", "b"],
    },
    'Record<"a" | "b", number>',
  ],
  [
    "propertyNames enum, some required",
    {
      type: "object",
      propertyNames: { enum: ["a", "b"] },
      additionalProperties: number,
      required: ["a"],
    },
    "{ a: number; b?: number }",
  ],
  [
    "propertyNames const",
    { type: "object", propertyNames: { const: "a" }, additionalProperties: number },
    'Partial<Record<"a", number>>',
  ],
  [
    "propertyNames union of const",
    {
      type: "object",
      propertyNames: { anyOf: [{ const: "a" }, { const: "b" }] },
      additionalProperties: number,
    },
    'Partial<Record<"a" | "b", number>>',
  ],
  [
    "propertyNames $ref to an enum",
    { type: "object", propertyNames: ref("Color"), additionalProperties: number },
    "Partial<Record<Color, number>>",
  ],
  [
    "propertyNames $ref to an enum, all required",
    {
      type: "object",
      propertyNames: ref("Color"),
      additionalProperties: number,
      required: ["red", "blue"],
    },
    "Record<Color, number>",
  ],
  [
    "propertyNames $ref to what is no enum",
    { type: "object", propertyNames: ref("Maybe"), additionalProperties: number },
    "{ [key: string]: number }",
  ],
  [
    "propertyNames enum, values of any type",
    { type: "object", propertyNames: { enum: ["a"] } },
    'Partial<Record<"a", unknown>>',
  ],
  [
    "propertyNames enum + members",
    {
      type: "object",
      properties: { a: text },
      propertyNames: { enum: ["a", "b"] },
      additionalProperties: number,
    },
    "{ a?: string; b?: number }",
  ],
  [
    "propertyNames enum of numbers names nothing",
    { type: "object", propertyNames: { enum: [1] }, additionalProperties: number },
    "Record<string, never>",
  ],

  [
    "patternProperties",
    { type: "object", patternProperties: { "^a": text } },
    "{ [key: string]: string }",
  ],
  [
    "several patternProperties",
    { type: "object", patternProperties: { "^a": text, "/*": number } },
    "{ [key: string]: string | number }",
  ],
  [
    "patternProperties, closed (TypeBox Record)",
    { type: "object", patternProperties: { "^.*$": text }, additionalProperties: false },
    "{ [key: string]: string }",
  ],
  [
    "patternProperties + additionalProperties S",
    { type: "object", patternProperties: { "^a": text }, additionalProperties: number },
    "{ [key: string]: string | number }",
  ],
  [
    "patternProperties + members",
    { properties: { k: number }, required: ["k"], patternProperties: { "^a": text } },
    "{ k: number; [key: string]: string | number }",
  ],
];

describe("types.md section 4: objects", () => {
  it.each(rows)("%s", async (_row, schema, input, output = input, codes = []) => {
    expect(await mapBothWays(schema, components)).toEqual({ in: input, out: output, codes });
  });

  it('outputDefaults: "optional" makes no promise about defaults', async () => {
    const schema = {
      properties: { k: { ...number, default: 3 }, n: { ...number, default: null } },
    };
    const mapped = await mapBothWays(schema, {}, { outputDefaults: "optional" });
    expect(mapped).toMatchObject({
      in: "{ k?: number; n?: number }",
      out: "{ k?: number; n?: number | null }",
    });
  });

  it("__proto__ is a member like any other", async () => {
    const mapped = await mapDocument(
      [{ schema: ref("X"), direction: "out" }],
      '{ "X": { "type": "object", "properties": { "__proto__": { "type": "string" } }, "required": ["__proto__"] } }',
    );
    expect(typesByName(mapped)).toEqual({ X: "{ __proto__: string }" });
  });
});

describe("types.md section 4: readOnly and writeOnly of a component, by who uses it", () => {
  const X = {
    type: "object",
    properties: { id: { ...number, readOnly: true }, pw: { ...text, writeOnly: true }, k: text },
    required: ["id", "pw", "k"],
  };

  it("used both ways: each way drops the other's members", async () => {
    expect(await mapComponents({ X }, ["in", "out"])).toEqual({
      X: "{ id: number; k: string }",
      XInput: "{ pw: string; k: string }",
    });
  });

  it("used in IN only: required readOnly members are kept (zod)", async () => {
    expect(await mapComponents({ X }, ["in"])).toEqual({
      XInput: "{ id: number; pw: string; k: string }",
    });
  });

  it("used in OUT only: required writeOnly members are kept (SecretStr)", async () => {
    expect(await mapComponents({ X }, ["out"])).toEqual({
      X: "{ id: number; pw: string; k: string }",
    });
  });

  it("used the other way only through a member that is dropped: not used that way", async () => {
    const Order = {
      type: "object",
      properties: { no: number, by: { ...ref("X"), readOnly: true } },
    };
    const uses = (["in", "out"] as const).map((direction) => ({ schema: ref("Order"), direction }));
    expect(await mapComponents({ Order, X }, uses)).toEqual({
      Order: "{ no?: number; by?: X }",
      OrderInput: "{ no?: number }",
      X: "{ id: number; pw: string; k: string }",
    });
  });
});
