import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { listOf, nullable, ref, small } from "../test/small-document.js";
import { openDocument } from "../test/open-document.js";
import { sameSchema } from "./same-schema.js";

const integer = { type: "integer" };
const text = { type: "string" };

async function same(
  left: JsonValue,
  right: JsonValue,
  by: "schema" | "type" = "schema",
  schemas: JsonObject = {},
): Promise<boolean> {
  const document = await openDocument({
    ...small({}, { schemas }),
    "x-left": left,
    "x-right": right,
  });
  const at = (key: string) => ({
    schema: document.valueAt(`#/${key}`) ?? null,
    pointer: `#/${key}`,
  });
  const forth = sameSchema(document, at("x-left"), at("x-right"), { by });
  const back = sameSchema(document, at("x-right"), at("x-left"), { by });
  expect(back).toBe(forth);
  return forth;
}

const user = {
  type: "object",
  properties: { id: integer, name: text, manager_id: integer },
  required: ["id", "name", "manager_id"],
};

describe("sameSchema", () => {
  const equal: readonly [string, JsonValue, JsonValue][] = [
    [
      "words",
      { ...text, title: "A", description: "x", example: 1, "x-y": 2 },
      { ...text, default: "" },
    ],
    [
      "the order of what has none",
      { type: "object", required: ["a", "b"] },
      { required: ["b", "a"], type: "object" },
    ],
    ["one reference twice", ref("User"), ref("User")],
    ["a reference and what it leads to", ref("User"), user],
    [
      "a list of references and of what they lead to",
      listOf(ref("User")),
      listOf({ ...user, title: "U" }),
    ],
    ["spellings of null", nullable(text), { anyOf: [text, { const: null }] }],
    ["anything and anything", {}, true],
    ["types in a list", { type: ["string", "null"] }, { type: ["null", "string"] }],
    ["3.0's null and a list of types", { ...text, nullable: true }, { type: ["string", "null"] }],
    [
      "a property called like a keyword of words",
      { properties: { title: text } },
      { properties: { title: text } },
    ],
  ];
  it.each(equal)("sees no difference in %s", async (_, left, right) => {
    expect(await same(left, right)).toBe(true);
  });

  const different: readonly [string, JsonValue, JsonValue][] = [
    ["the type", text, integer],
    ["null", text, nullable(text)],
    ["a bound", integer, { ...integer, minimum: 1 }],
    ["a format", text, { ...text, format: "uuid" }],
    ["what is required", user, { ...user, required: ["id"] }],
    ["a property more", { properties: { a: text } }, { properties: { a: text, b: text } }],
    ["the name of a property", { properties: { a: text } }, { properties: { b: text } }],
    ["the title property", { properties: { title: text } }, { properties: {} }],
    ["the values of an enum", { enum: ["a"] }, { enum: ["a", "b"] }],
    ["a reference that leads nowhere", ref("Nothing"), user],
    ["the number of members", { anyOf: [text] }, { anyOf: [text, integer] }],
    ["what is in a list", listOf(text), listOf(integer)],
    ["true and false", true, false],
  ];
  it.each(different)("sees a difference in %s", async (_, left, right) => {
    expect(await same(left, right)).toBe(false);
  });

  it("leaves bounds out when only the type counts", async () => {
    expect(await same(integer, { ...integer, minimum: 1 }, "type")).toBe(true);
    expect(await same(integer, text, "type")).toBe(false);
  });

  it("ends where schemas lead in circles, of whatever length", async () => {
    const node = (next: string) => ({ type: "object", properties: { next: ref(next) } });
    const schemas = {
      A: node("A"),
      B: node("C"),
      C: node("B"),
      D: { type: "object", properties: { next: ref("D"), x: text } },
    };
    expect(await same(ref("A"), ref("B"), "schema", schemas)).toBe(true);
    expect(await same(ref("A"), ref("D"), "schema", schemas)).toBe(false);
    expect(await same(ref("Loop"), ref("User"), "schema", { Loop: ref("Loop") })).toBe(false);
  });
});

describe("references to schemas that were pasted with them", () => {
  const pasted = (inner: object): JsonObject => ({
    type: "object",
    properties: { x: { $ref: "#/$defs/X" } },
    $defs: { X: { ...inner } },
  });

  it("are compared by what they lead to where they stand, not by their text", async () => {
    expect(await same(pasted(text), pasted(integer))).toBe(false);
    expect(await same(pasted(text), pasted(text))).toBe(true);
  });
});
