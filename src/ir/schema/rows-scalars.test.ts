import { describe, expect, it } from "vitest";
import { mapBothWays, mapDocument, placesOf, typesByName } from "./test/map-document.js";

type Row = readonly [row: string, schema: unknown, type: string, codes?: readonly string[]];

/** types.md section 4, rows in which both directions give the same type and no name is needed. */
const rows: readonly Row[] = [
  ["true", true, "unknown"],
  ["{}", {}, "unknown"],
  [
    "annotations only",
    { title: "Anything", description: "d", default: 1, examples: [1] },
    "unknown",
  ],
  ["a constraint without type", { minLength: 3 }, "unknown"],
  ["false", false, "never"],
  ["not: {}", { not: {} }, "never"],
  ["not: true", { not: true }, "never"],
  ["not: {} beside a type", { type: "string", not: {} }, "never"],
  ["not: {} with words only", { not: { description: "nothing" } }, "never"],
  ["not S", { type: "string", not: { enum: ["a"] } }, "string"],
  ["not: false", { type: "string", not: false }, "string"],
  ["enum: []", { enum: [] }, "never"],
  ["type null", { type: "null" }, "null"],
  ["type string", { type: "string" }, "string"],
  ["type boolean", { type: "boolean" }, "boolean"],
  ["integer", { type: "integer", format: "int32", minimum: 1 }, "number"],
  ["number", { type: "number", format: "double", maximum: 1.5 }, "number"],
  ["integer of 64 bits", { type: "integer", format: "int64" }, "number"],
  [
    "integer with bounds past 2^53",
    { type: "integer", minimum: -9.223372036854776e18, maximum: 9.223372036854776e18 },
    "number",
    ["W302", "W302"],
  ],
  ["type list", { type: ["string", "integer"] }, "string | number"],
  ["type list with null", { type: ["null", "string"] }, "string | null"],
  ["integer and number", { type: ["integer", "number"] }, "number"],
  [
    "type list, each branch with its own keywords",
    {
      type: ["array", "object", "null"],
      items: { type: "string" },
      properties: { a: { type: "integer" } },
    },
    "string[] | { a?: number } | null",
  ],
  ...["date-time", "date", "time", "duration", "uuid", "uri", "decimal", "byte", "password"].map(
    (format): Row => [`format ${format}`, { type: "string", format }, "string"],
  ),
  ["format binary in JSON", { type: "string", format: "binary" }, "string"],
  [
    "octet-stream in JSON",
    { type: "string", contentMediaType: "application/octet-stream" },
    "string",
  ],
  ["binary without type in JSON", { contentMediaType: "image/png" }, "string"],
  [
    "contentSchema",
    { type: "string", contentMediaType: "application/json", contentSchema: { type: "array" } },
    "string",
  ],
  ["contentEncoding", { type: "string", contentEncoding: "base64" }, "string"],

  ["const string", { const: "a" }, '"a"'],
  ["const falsy 0", { type: "integer", const: 0 }, "0"],
  ["const falsy empty", { const: "" }, '""'],
  ["const false", { const: false }, "false"],
  ["const null", { const: null }, "null"],
  ["const object", { const: { a: 1, "b-c": [true, null] } }, '{ a: 1; "b-c": [true, null] }'],
  ["const array", { const: [1, "a"] }, '[1, "a"]'],
  ["const wins over enum", { const: "a", enum: ["a", "b"] }, '"a"'],
  ["enum in order", { type: "string", enum: ["b", "a"] }, '"b" | "a"'],
  ["enum deduplicated", { enum: ["a", 1, null, 0.5, 1] }, '"a" | 1 | null | 0.5'],
  ["enum without type", { enum: ["x", "y"] }, '"x" | "y"'],
  [
    "enum of whitespace, quotes, UTF-8",
    { enum: ["", " ", "'\"", "é😀"] },
    '"" | " " | "\'\\"" | "é😀"',
  ],
  ["enum of negative numbers", { type: "number", enum: [-1, 0.25] }, "-1 | 0.25"],
  ["enum of both booleans", { type: "boolean", enum: [true, false] }, "boolean"],
  ["enum of one boolean", { type: "boolean", enum: [true] }, "true"],
  ["enum of objects", { enum: [{ a: 1 }, [2], "b"] }, '{ a: 1 } | [2] | "b"'],
  ["enum with null in the list", { type: ["string", "null"], enum: ["a", null] }, '"a" | null'],
  ["enum with null by type", { type: ["string", "null"], enum: ["a"] }, '"a" | null'],
  ["enum with null by nullable", { type: "string", nullable: true, enum: ["a"] }, '"a" | null'],
  ["enum with null beside a type without", { type: "string", enum: ["a", null] }, '"a" | null'],
  ["enum not filtered by type", { type: "integer", enum: ["1", 2] }, '"1" | 2', ["W305"]],
  ["x-enum-varnames", { enum: [1, 2], "x-enum-varnames": ["One", "Two"] }, "1 | 2"],

  ["nullable beside a type", { type: "string", nullable: true }, "string | null"],
  [
    "nullable beside an array",
    { type: "array", items: { type: "string" }, nullable: true },
    "string[] | null",
  ],
  [
    "nullable beside an object",
    { type: "object", properties: { a: {} }, nullable: true },
    "{ a?: unknown } | null",
  ],
  [
    "nullable beside oneOf",
    { oneOf: [{ type: "string" }, { type: "number" }], nullable: true },
    "string | number | null",
  ],
  ["nullable alone", { nullable: true }, "unknown"],
  ["nullable alone with words", { nullable: true, title: "T" }, "unknown"],
  [
    "nullable alone as a branch",
    { anyOf: [{ type: "string" }, { nullable: true }] },
    "string | null",
  ],
  ["nullable: false", { type: "string", nullable: false }, "string"],

  ["JavaScript type Date", { type: "Date" }, "unknown", ["W303"]],
  ["JavaScript type bigint", { type: "bigint" }, "unknown", ["W303"]],
  ["JavaScript type Uint8Array", { type: "Uint8Array" }, "unknown", ["W303"]],
  ["JavaScript type Function", { type: "Function" }, "unknown", ["W303"]],
  ["type undefined alone", { type: "undefined" }, "undefined"],
  ["type void alone", { type: "void" }, "undefined"],
  ["type undefined in a union", { anyOf: [{ type: "string" }, { type: "undefined" }] }, "string"],
  ["type void in a list", { type: ["number", "void"] }, "number"],
  ["any other type", { type: "int" }, "unknown", ["E304"]],
  ["any other type in a list", { type: ["string", "uuid"] }, "unknown", ["E304"]],

  [
    "if/then/else and other conditions",
    {
      type: "string",
      if: { minLength: 1 },
      then: { maxLength: 2 },
      else: false,
      pattern: "^a",
      minLength: 1,
    },
    "string",
  ],
  [
    "dependentRequired, dependentSchemas",
    {
      type: "object",
      properties: { a: { type: "string" } },
      dependentRequired: { a: ["b"] },
      dependentSchemas: { a: { required: ["b"] } },
      minProperties: 1,
    },
    "{ a?: string }",
  ],
  ["$id, $anchor and $schema", { $id: "#x", $anchor: "y", $schema: "z", type: "string" }, "string"],
];

describe("types.md section 4: scalars, constants and what has no influence", () => {
  it.each(rows)("%s", async (_row, schema, type, codes = []) => {
    expect(await mapBothWays(schema)).toEqual({ in: type, out: type, codes });
  });

  it.each(["9007199254740993", "-9007199254740993", "1e400", "0.1234567890123456789"])(
    "number literal past 2^53, not finite, or with more digits than a number has: %s",
    async (number) => {
      const mapped = await mapDocument(
        ["X", "Y", "Z"].map((key) => ({
          schema: { $ref: `#/components/schemas/${key}` },
          direction: "out",
        })),
        `{
          "X": { "const": ${number} },
          "Y": { "enum": ["a", 1, ${number}] },
          "Z": { "const": { "a": [1, ${number}] } }
        }`,
      );
      expect(typesByName(mapped)).toEqual({
        X: "number",
        Y: '"a" | number',
        Z: "{ a: [1, number] }",
      });
      expect(placesOf(mapped)).toEqual([
        "W302 #/components/schemas/X/const",
        "W302 #/components/schemas/Y/enum/2",
        "W302 #/components/schemas/Z/const/a/1",
      ]);
    },
  );

  it.each([
    ["number", "number"],
    ["string", "string"],
    ["brand", "number & { __int64: true }"],
  ] as const)("int64: %s", async (int64, type) => {
    for (const format of ["int64", "uint64"]) {
      const { in: input, out } = await mapBothWays({ type: "integer", format }, {}, { int64 });
      expect([input, out]).toEqual([type, type]);
    }
    expect((await mapBothWays({ type: "integer" }, {}, { int64 })).in).toBe("number");
  });
});
