import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { listOf, nullable, ref, small } from "../test/small-document.js";
import { openDocument } from "../test/open-document.js";
import { declaredMembers, followPath, type Segments } from "./member.js";

const integer = { type: "integer" };
const text = { type: "string" };
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  ...more,
});

/** `found`, `found required`, `open` or `missing`, and where. */
async function look(schema: JsonValue, path: Segments, schemas: JsonObject = {}): Promise<string> {
  const document = await openDocument({ ...small({}, { schemas }), "x-here": schema });
  const at = { schema: document.valueAt("#/x-here") ?? null, pointer: "#/x-here" };
  const found = followPath(document, at, path);
  if (found.kind !== "found") return found.kind;
  expect(document.valueAt(found.at.pointer)).toBe(found.at.schema);
  return `${found.required ? "required" : "found"} ${found.at.pointer}`;
}

describe("followPath", () => {
  const base = object({ id: integer }, { required: ["id"] });
  const rows: readonly [string, JsonValue, Segments, string][] = [
    ["nothing: the schema itself", text, [], "required #/x-here"],
    ["a property", object({ a: text }), ["a"], "found #/x-here/properties/a"],
    ["one that is required", base, ["id"], "required #/x-here/properties/id"],
    [
      "one behind a reference",
      ref("User"),
      ["name"],
      "required #/components/schemas/User/properties/name",
    ],
    [
      "one of what may be null",
      nullable(ref("User")),
      ["id"],
      "required #/components/schemas/User/properties/id",
    ],
    [
      "one inside another",
      object({ u: ref("User") }),
      ["u", "id"],
      "found #/components/schemas/User/properties/id",
    ],
    [
      "one of allOf",
      { allOf: [base, object({ a: text })] },
      ["id"],
      "required #/x-here/allOf/0/properties/id",
    ],
    [
      "one that another part requires",
      { allOf: [object({ a: text }), { required: ["a"] }] },
      ["a"],
      "found #/x-here/allOf/0/properties/a",
    ],
    [
      "one that the whole requires",
      { allOf: [object({ a: text })], required: ["a"] },
      ["a"],
      "required #/x-here/allOf/0/properties/a",
    ],
    [
      "one beside a reference",
      { ...ref("User"), properties: { a: text } },
      ["a"],
      "found #/x-here/properties/a",
    ],
    [
      "one of what the reference leads to",
      { ...ref("User"), properties: { a: text } },
      ["id"],
      "required #/components/schemas/User/properties/id",
    ],
    [
      "one in every variant",
      { anyOf: [base, ref("User")] },
      ["id"],
      "required #/x-here/anyOf/0/properties/id",
    ],
    ["one in some variants only", { oneOf: [base, object({ a: text })] }, ["a"], "missing"],
    [
      "a value of a map",
      { type: "object", additionalProperties: text },
      ["x"],
      "found #/x-here/additionalProperties",
    ],
    ["a value of anything", { type: "object", additionalProperties: true }, ["x"], "open"],
    ["a member of anything", {}, ["x", "y", 0], "open"],
    ["a member of an object that says nothing", { type: "object" }, ["x"], "open"],
    ["a member that is not there", base, ["x"], "missing"],
    ["a member of a text", text, ["x"], "missing"],
    ["a member of false", false, ["x"], "missing"],
    ["a member of a prototype", object({}), ["toString"], "missing"],
    ["an item", listOf(text), [3], "found #/x-here/items"],
    [
      "an item of a tuple",
      { type: "array", prefixItems: [text, integer] },
      [1],
      "required #/x-here/prefixItems/1",
    ],
    ["an item after a tuple", { type: "array", prefixItems: [text], items: false }, [1], "missing"],
    ["an item of an object", base, [0], "missing"],
  ];
  it.each(rows)("finds %s", async (_, schema, path, expected) => {
    expect(await look(schema, path)).toBe(expected);
  });

  it("ends in circles and in crowds", async () => {
    const schemas = {
      Parent: { allOf: [ref("Child")], properties: { a: text } },
      Child: { allOf: [ref("Parent"), ref("Parent")] },
      Deep: { anyOf: Array.from({ length: 20 }, () => ref("Deep")) },
    };
    expect(await look(ref("Child"), ["a"], schemas)).toBe(
      "found #/components/schemas/Parent/properties/a",
    );
    expect(await look(ref("Child"), ["b"], schemas)).toBe("open");
    expect(await look(ref("Deep"), ["b"], schemas)).toBe("open");
  });
});

describe("declaredMembers", () => {
  it("lists inherited members before own ones, each once, with what is required anywhere", async () => {
    const schemas = { Base: object({ id: integer, a: text }, { required: ["id"] }) };
    const schema = {
      allOf: [ref("Base"), object({ b: text })],
      properties: { a: integer },
      required: ["b"],
    };
    const document = await openDocument({ ...small({}, { schemas }), "x-here": schema });
    const members = declaredMembers(document, { schema, pointer: "#/x-here" });
    expect([...members].map(([name, { at, required }]) => [name, at.pointer, required])).toEqual([
      ["id", "#/components/schemas/Base/properties/id", true],
      ["a", "#/x-here/properties/a", false],
      ["b", "#/x-here/allOf/1/properties/b", true],
    ]);
  });
});
