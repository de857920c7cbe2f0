import { describe, expect, it } from "vitest";
import { mapBothWays, mapDocument, typesByName } from "./test/map-document.js";

const text = { type: "string" };
const integer = { type: "integer" };
const nullType = { type: "null" };
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const member = (schema: unknown, ...required: string[]): object => ({
  type: "object",
  properties: { k: schema },
  required,
});
const components = {
  T: { type: "object", properties: { id: integer }, required: ["id"] },
  A: { type: "object", properties: { t: { const: "a", type: "string" } }, required: ["t"] },
  B: { type: "object", properties: { t: { const: "b", type: "string", default: "b" } } },
  KindEnum: { enum: ["x", "y"] },
  BlankEnum: { enum: [""] },
  NullEnum: { enum: [null] },
  Page_T_: {
    type: "object",
    properties: { items: { type: "array", items: ref("T") } },
    required: ["items"],
  },
};

type Row = readonly [source: string, schema: unknown, input: string, output?: string];

/** types.md section 2, row by row: what producers emit for a member `k`, and its best type. */
const rows: readonly Row[] = [
  ["x: str | None (pydantic)", member({ anyOf: [text, nullType] }, "k"), "{ k: string | null }"],
  ["x: str | None = None (FastAPI)", member({ anyOf: [text, nullType] }), "{ k?: string | null }"],
  [
    "x: str | None = None (pydantic alone, msgspec)",
    member({ anyOf: [text, nullType], default: null }),
    "{ k?: string | null }",
    "{ k: string | null }",
  ],
  ["x: int = 3", member({ ...integer, default: 3 }), "{ k?: number }", "{ k: number }"],
  ["Field(default_factory=list)", member({ type: "array", items: ref("T") }), "{ k?: T[] }"],
  ["Union[str, MISSING], UNSET, NotRequired", member(text), "{ k?: string }"],
  [
    "SkipJsonSchema[None] = None",
    member({ ...integer, default: null }),
    "{ k?: number }",
    "{ k: number | null }",
  ],
  [
    "Decimal, in",
    member({ anyOf: [{ type: "number" }, { type: "string", pattern: "^\\d+$" }] }, "k"),
    "{ k: number | string }",
  ],
  ["Decimal, out", member({ type: "string", pattern: "^\\d+$" }, "k"), "{ k: string }"],
  ["timedelta", member({ type: "string", format: "duration" }, "k"), "{ k: string }"],
  ["timedelta as float", member({ type: "number" }, "k"), "{ k: number }"],
  [
    "Json[list[int]], in",
    member(
      {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { type: "array", items: integer },
      },
      "k",
    ),
    "{ k: string }",
  ],
  ["dict[int, T]", { type: "object", additionalProperties: ref("T") }, "{ [key: string]: T }"],
  [
    "dict[UUID, T]",
    { type: "object", additionalProperties: ref("T"), propertyNames: { format: "uuid" } },
    "{ [key: string]: T }",
  ],
  [
    "dict[Literal, T]",
    { type: "object", additionalProperties: ref("T"), propertyNames: { enum: ["a", "b"] } },
    'Partial<Record<"a" | "b", T>>',
  ],
  [
    "zod record(enum)",
    {
      type: "object",
      additionalProperties: ref("T"),
      propertyNames: { type: "string", enum: ["a", "b"] },
      required: ["a", "b"],
    },
    'Record<"a" | "b", T>',
  ],
  [
    "dict[constr(pattern)], TypeBox Record",
    { type: "object", patternProperties: { "^[a-z]+$": integer } },
    "{ [key: string]: number }",
  ],
  [
    "tuple (pydantic)",
    { type: "array", prefixItems: [text, integer], minItems: 2, maxItems: 2 },
    "[string, number]",
  ],
  [
    "tuple (msgspec, zod, arktype)",
    { type: "array", prefixItems: [text, integer], items: false, minItems: 2, maxItems: 2 },
    "[string, number]",
  ],
  [
    "tuple (TypeBox, valibot)",
    { type: "array", items: [text, integer], additionalItems: false, minItems: 2, maxItems: 2 },
    "[string, number]",
  ],
  [
    "tuple (Litestar, zod-to-openapi)",
    { type: "array", prefixItems: [text, integer] },
    "[string, number]",
  ],
  [
    "NamedTuple with defaults",
    { type: "array", prefixItems: [integer, text], minItems: 1, maxItems: 2 },
    "[number, string?]",
  ],
  [
    "discriminated union (FastAPI, DRF, Nest)",
    {
      oneOf: [ref("A"), ref("B")],
      discriminator: {
        propertyName: "t",
        mapping: { a: "#/components/schemas/A", b: "#/components/schemas/B" },
      },
    },
    'A | (BInput & { t: "b" })',
    "A | B",
  ],
  [
    "discriminated union (msgspec)",
    {
      anyOf: [ref("A"), ref("B")],
      discriminator: {
        propertyName: "t",
        mapping: { a: "#/components/schemas/A", b: "#/components/schemas/B" },
      },
    },
    'A | (BInput & { t: "b" })',
    "A | B",
  ],
  ["union without discriminator (zod, tsoa, valibot)", { anyOf: [ref("A"), ref("T")] }, "A | T"],
  ["generic Page[User]", ref("Page_T_"), "PageT"],
  ["nullable ref, 3.1", { anyOf: [ref("T"), nullType] }, "T | null"],
  ["nullable ref, 3.1 oneOf", { oneOf: [ref("T"), nullType] }, "T | null"],
  ["nullable ref, 3.0", { allOf: [ref("T")], nullable: true }, "T | null"],
  ["nullable ref, 3.0, Nest", { type: "object", allOf: [ref("T")], nullable: true }, "T | null"],
  ["bigint, Date, Set, Map in zod", member({}, "k"), "{ k: unknown }"],
  [
    "Map in oRPC",
    member(
      {
        type: "array",
        items: { type: "array", prefixItems: [text, integer] },
        "x-native-type": "map",
      },
      "k",
    ),
    "{ k: [string, number][] }",
  ],
  [
    "bigint in oRPC",
    member({ type: "string", pattern: "^-?[0-9]+$", "x-native-type": "bigint" }, "k"),
    "{ k: string }",
  ],
  [
    "tsoa models",
    { type: "object", properties: { k: text }, additionalProperties: true },
    "{ k?: string; [key: string]: unknown }",
  ],
  [
    "nullable choices (DRF)",
    member({ nullable: true, oneOf: [ref("KindEnum"), ref("BlankEnum"), ref("NullEnum")] }, "k"),
    "{ k: KindEnum | BlankEnum | NullEnum | null }",
  ],
  [
    "nullable enum (zod-to-openapi)",
    member({ type: ["string", "null"], enum: ["x"] }, "k"),
    '{ k: "x" | null }',
  ],
  ["IntFlag", member({ type: "integer", enum: [1, 2] }, "k"), "{ k: 1 | 2 }"],
  [
    "Python aliases in an enum",
    member({ enum: ["a", 1, null, 0.5, 1] }, "k"),
    '{ k: "a" | 1 | null | 0.5 }',
  ],
  ["-> None in FastAPI", {}, "unknown"],
  ["oRPC void", { anyOf: [{ not: {} }, { not: {} }] }, "never"],
  ["JSONField of Ninja", member({ type: "object" }, "k"), "{ k: { [key: string]: unknown } }"],
  [
    "zod .readonly() on a required input",
    member({ ...text, readOnly: true }, "k"),
    "{ k: string }",
  ],
  [
    "SecretStr in an output",
    member({ ...text, format: "password", writeOnly: true }, "k"),
    "{ k: string }",
  ],
  [
    "computed_field",
    member({ ...text, readOnly: true }),
    "{ [key: string]: unknown }",
    "{ k?: string }",
  ],
];

describe("types.md section 2: what producers emit", () => {
  it.each(rows)("%s", async (_source, schema, input, output = input) => {
    expect(await mapBothWays(schema, components)).toMatchObject({ in: input, out: output });
  });

  it("type Json = ... is a named alias over itself", async () => {
    const Json = {
      anyOf: [
        { type: "object", additionalProperties: ref("Json") },
        { type: "array", items: ref("Json") },
        text,
        integer,
        { type: "boolean" },
        nullType,
      ],
    };
    const mapped = await mapDocument([{ schema: ref("Json"), direction: "in" }], { Json });
    expect(typesByName(mapped)).toEqual({
      Json: "{ [key: string]: Json } | Json[] | string | number | boolean | null",
    });
  });

  it("a subclass or an allOf parent is an intersection", async () => {
    const Child = {
      allOf: [ref("T")],
      type: "object",
      properties: { more: text },
      required: ["more"],
    };
    const mapped = await mapDocument([{ schema: ref("Child"), direction: "out" }], {
      ...components,
      Child,
    });
    expect(typesByName(mapped)["Child"]).toBe("T & { more: string }");
  });

  it("a schema pasted whole with its $defs, and # for itself, means its own (pydantic, zod, arktype)", async () => {
    const mapped = await mapDocument([{ schema: ref("Order"), direction: "out" }], {
      Order: {
        $defs: { Line: { type: "object", properties: { no: integer }, required: ["no"] } },
        type: "object",
        properties: {
          lines: { type: "array", items: { $ref: "#/$defs/Line" } },
          parent: { $ref: "#" },
        },
        required: ["lines"],
      },
    });
    expect(typesByName(mapped)).toEqual({
      Order: "{ lines: OrderLine[]; parent?: Order }",
      OrderLine: "{ no: number }",
    });
  });
});
