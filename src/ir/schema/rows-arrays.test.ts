import { describe, expect, it } from "vitest";
import { mapBothWays } from "./test/map-document.js";

type Row = readonly [row: string, schema: unknown, type: string, codes?: readonly string[]];

const text = { type: "string" };
const number = { type: "number" };

/** types.md section 4: the rows on arrays; 3.2: tuples. */
const rows: readonly Row[] = [
  ["items", { type: "array", items: text }, "string[]"],
  ["items without type", { items: text }, "string[]"],
  ["items of unions", { type: "array", items: { type: ["string", "null"] } }, "(string | null)[]"],
  ["array without items", { type: "array" }, "unknown[]", ["W306"]],
  ["items: {}", { type: "array", items: {} }, "unknown[]"],
  ["items: true", { type: "array", items: true }, "unknown[]"],
  ["items: false", { type: "array", items: false }, "[]"],
  ["maxItems: 0", { type: "array", items: text, maxItems: 0 }, "[]"],
  ["uniqueItems", { type: "array", items: text, uniqueItems: true }, "string[]"],
  ["contains", { type: "array", items: text, contains: { const: "a" } }, "string[]"],
  ["minItems: 1", { type: "array", items: text, minItems: 1 }, "string[]"],
  ["min = max = 2", { type: "array", items: text, minItems: 2, maxItems: 2 }, "[string, string]"],
  [
    "min = max = 10",
    { type: "array", items: number, minItems: 10, maxItems: 10 },
    `[${Array(10).fill("number").join(", ")}]`,
  ],
  ["min = max = 11", { type: "array", items: number, minItems: 11, maxItems: 11 }, "number[]"],
  ["min < max", { type: "array", items: text, minItems: 1, maxItems: 2 }, "string[]"],

  [
    "prefixItems alone (Litestar): all required",
    { type: "array", prefixItems: [text, number] },
    "[string, number]",
  ],
  [
    "prefixItems + min + max (pydantic)",
    { type: "array", prefixItems: [text, number], minItems: 2, maxItems: 2 },
    "[string, number]",
  ],
  [
    "prefixItems + items: false (zod, msgspec)",
    { type: "array", prefixItems: [text, number], items: false },
    "[string, number]",
  ],
  ["prefixItems + items: true", { type: "array", prefixItems: [text], items: true }, "[string]"],
  [
    "draft-7 tuple (TypeBox, valibot)",
    { type: "array", items: [text, number], minItems: 2, maxItems: 2, additionalItems: false },
    "[string, number]",
  ],
  ["draft-7 tuple alone", { type: "array", items: [text, number] }, "[string, number]"],
  [
    "minItems < prefix: optional tail (NamedTuple)",
    { type: "array", prefixItems: [number, text, text], minItems: 1, maxItems: 3 },
    "[number, string?, string?]",
  ],
  ["minItems: 0", { type: "array", prefixItems: [number], minItems: 0 }, "[number?]"],
  [
    "optional tail of a union",
    { type: "array", prefixItems: [{ type: ["string", "null"] }], minItems: 0 },
    "[(string | null)?]",
  ],
  ["maxItems cuts", { type: "array", prefixItems: [text, number], maxItems: 1 }, "[string]"],
  [
    "rest (2020-12)",
    { type: "array", prefixItems: [text], items: number },
    "[string, ...number[]]",
  ],
  [
    "rest (draft 7)",
    { type: "array", items: [text], additionalItems: number },
    "[string, ...number[]]",
  ],
  [
    "rest after an optional tail",
    { type: "array", prefixItems: [text, text], items: number, minItems: 1 },
    "[string, string?, ...number[]]",
  ],
  [
    "rest that maxItems forbids",
    { type: "array", prefixItems: [text], items: number, maxItems: 1 },
    "[string]",
  ],
  [
    "rest of unions",
    { type: "array", prefixItems: [text], items: { type: ["string", "number"] } },
    "[string, ...(string | number)[]]",
  ],
  ["additionalItems: true", { type: "array", items: [text], additionalItems: true }, "[string]"],
  ["prefixItems: []", { type: "array", prefixItems: [], items: text }, "string[]"],
  [
    "array in a nullable array",
    { type: ["array", "null"], items: { type: "array", items: text } },
    "string[][] | null",
  ],
];

describe("types.md section 4: arrays and tuples", () => {
  it.each(rows)("%s", async (_row, schema, type, codes = []) => {
    expect(await mapBothWays(schema)).toEqual({ in: type, out: type, codes });
  });
});
