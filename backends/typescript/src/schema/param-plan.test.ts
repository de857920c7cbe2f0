import { describe, expect, it } from "vitest";
import { decodeParam } from "./decode-param.js";
import type { JsonSchema } from "./json-schema.js";
import { planParam } from "./param-plan.js";

const components = new Map<string, JsonSchema>([
  ["Status", { type: "string", enum: ["open", "paid"] }],
  ["Filter", { type: "object", properties: { author: { type: "string" } } }],
]);
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });
const strings: JsonSchema = { type: "array", items: { type: "string" } };
const plan = (schema: JsonSchema, required = false) => planParam("p", schema, required, components);

describe("the encoding of a param is decided by its schema (protocol 3.2)", () => {
  it.each<[string, JsonSchema, boolean, "plain" | "json"]>([
    ["an integer", { type: "integer" }, true, "plain"],
    ["an enum by name", { $ref: "#/components/schemas/Status" }, true, "plain"],
    [
      "a nullable scalar, null by default",
      { ...orNull({ type: "string" }), default: null },
      false,
      "plain",
    ],
    [
      "a nullable scalar with another default",
      { ...orNull({ type: "string" }), default: "a" },
      false,
      "json",
    ],
    ["a required nullable scalar", orNull({ type: "string" }), true, "json"],
    ["a list, empty by default", { ...strings, default: [] }, false, "plain"],
    ["a list of at least one", { ...strings, minItems: 1 }, true, "plain"],
    ["a required list that may be empty", strings, true, "json"],
    ["a nullable list, null by default", { ...orNull(strings), default: null }, false, "plain"],
    ["a list of lists", { type: "array", items: strings, default: [] }, false, "json"],
    [
      "an object",
      { ...orNull({ $ref: "#/components/schemas/Filter" }), default: null },
      false,
      "json",
    ],
    ["a union", { anyOf: [{ type: "integer" }, { type: "string" }] }, true, "json"],
  ])("%s", (_what, schema, required, encoding) => {
    expect(plan(schema, required).encoding).toBe(encoding);
  });
});

describe("texts are read liberally, as other servers read them", () => {
  it.each([
    ["boolean", "True", true],
    ["boolean", "on", true],
    ["boolean", "0", false],
    ["integer", "01", 1],
    ["integer", "+1", 1],
    ["integer", "1.0", 1],
    ["integer", "-0", 0],
    ["number", ".5e1", 5],
    ["string", "", ""],
  ])("%s %j is %j", (type, text, value) => {
    expect(decodeParam(plan({ type }, true), [text])).toBe(value);
  });

  it.each([
    ["integer", "1.5", "ParamFault"],
    ["integer", "", "ParamFault"],
    ["integer", "9007199254740993", "JsonFault"],
    ["number", "NaN", "JsonFault"],
    ["number", "-Infinity", "JsonFault"],
    ["number", "1e999", "JsonFault"],
    ["boolean", "maybe", "ParamFault"],
  ])("%s %j is refused", (type, text, name) => {
    expect(() => decodeParam(plan({ type }, true), [text])).toThrow(
      expect.objectContaining({ name }) as Error,
    );
  });

  it("a repeated scalar is malformed, a repeated list is a list", () => {
    expect(() => decodeParam(plan({ type: "integer" }), ["1", "2"])).toThrow(/more than once/);
    expect(decodeParam(plan({ ...strings, default: [] }), ["b", "a"])).toEqual(["b", "a"]);
    expect(decodeParam(plan({ ...strings, default: [] }), [])).toBeUndefined();
  });
});
