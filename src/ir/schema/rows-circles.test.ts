import { describe, expect, it } from "vitest";
import { codesOf, mapComponents, mapDocument, placesOf, typesByName } from "./test/map-document.js";

const text = { type: "string" };
const number = { type: "number" };
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

const map = async (components: Record<string, unknown>) =>
  mapDocument([{ schema: ref(Object.keys(components)[0] ?? ""), direction: "out" }], components);

describe("schemas that lead to themselves", () => {
  it.each([
    ["by a member", { X: { properties: { next: ref("X") } } }, { X: "{ next?: X }" }],
    ["by elements", { X: { type: "array", items: ref("X") } }, { X: "X[]" }],
    ["by a tuple", { X: { prefixItems: [text, ref("X")], minItems: 1 } }, { X: "[string, X?]" }],
    ["by values", { X: { additionalProperties: ref("X") } }, { X: "{ [key: string]: X }" }],
    [
      "as JSON does",
      {
        X: {
          anyOf: [
            text,
            number,
            { type: "null" },
            { type: "array", items: ref("X") },
            { type: "object", additionalProperties: ref("X") },
          ],
        },
      },
      { X: "string | number | X[] | { [key: string]: X } | null" },
    ],
    [
      "by each other",
      { X: { properties: { y: ref("Y") } }, Y: { properties: { x: ref("X") } } },
      { X: "{ y?: Y }", Y: "{ x?: X }" },
    ],
    [
      "by a list of enumerated keys, which becomes an object, as an alias cannot stand in its own Record (TS2456)",
      { X: { propertyNames: { enum: ["a", "b"] }, additionalProperties: ref("X") } },
      { X: "{ a?: X; b?: X }" },
    ],
    [
      "by a list of named keys",
      {
        X: { propertyNames: ref("K"), additionalProperties: { anyOf: [ref("X"), text] } },
        K: { enum: ["a", "b"] },
      },
      { X: "{ a?: X | string; b?: X | string }", K: '"a" | "b"' },
    ],
  ])("%s", async (_how, components, types) => {
    expect(await mapComponents(components)).toEqual(types);
  });

  it("an alias of a component stays one", async () => {
    const components = { X: ref("Y"), Y: { ...ref("Z"), description: "d" }, Z: { properties: {} } };
    expect(await mapComponents(components)).toEqual({
      X: "Y",
      Y: "Z",
      Z: "{ [key: string]: unknown }",
    });
  });

  it.each([
    ["itself", { A: ref("A") }, ["A"]],
    ["each other", { A: ref("B"), B: ref("A") }, ["A"]],
    ["each other by three", { A: ref("B"), B: ref("C"), C: { anyOf: [ref("A")] } }, ["A"]],
    ["itself by allOf of one", { A: { allOf: [ref("A")] } }, ["A"]],
    [
      "circles that others lead to",
      { X: { properties: { a: ref("A") } }, A: ref("B"), B: ref("A") },
      ["A"],
    ],
  ])("nothing but references to %s is an error", async (_what, components, places) => {
    const mapped = await map(components);
    expect(placesOf(mapped)).toEqual(places.map((key) => `E301 #/components/schemas/${key}`));
  });

  it("a circle of unions has the members of all of them", async () => {
    const mapped = await map({
      A: { anyOf: [ref("B"), text] },
      B: { anyOf: [ref("A"), number] },
      C: { anyOf: [ref("A"), { type: "null" }] },
    });
    expect(typesByName(mapped)).toEqual({ A: "string | number", B: "string | number" });
    expect(mapped.diagnostics).toEqual([]);
  });

  it("a nullable reference to itself is null", async () => {
    expect(typesByName(await map({ A: { anyOf: [ref("A"), { type: "null" }] } }))).toEqual({
      A: "null",
    });
  });

  it.each([
    ["itself", { A: { allOf: [ref("A"), { properties: { a: text } }] } }],
    [
      "each other",
      {
        A: { allOf: [ref("B"), { properties: { a: text } }] },
        B: { allOf: [ref("A"), { properties: { b: text } }] },
      },
    ],
  ])("inheriting from %s is an error", async (_what, components) => {
    expect(placesOf(await map(components))).toEqual(["E302 #/components/schemas/A"]);
  });

  it("a parent that lists its children is, for a child, what it says beside the list", async () => {
    const mapped = await map({
      Pet: {
        type: "object",
        properties: { name: text, kind: text },
        required: ["kind"],
        oneOf: [ref("Cat"), ref("Dog")],
        discriminator: {
          propertyName: "kind",
          mapping: { cat: ref("Cat").$ref, dog: ref("Dog").$ref },
        },
      },
      Cat: { allOf: [ref("Pet"), { properties: { purrs: { type: "boolean" } } }] },
      Dog: { allOf: [ref("Pet"), { properties: { barks: { type: "boolean" } } }] },
    });
    expect(typesByName(mapped)).toEqual({
      Pet: "{ name?: string; kind: string } & (Cat | Dog)",
      Cat: '{ name?: string; kind: "cat"; purrs?: boolean }',
      Dog: '{ name?: string; kind: "dog"; barks?: boolean }',
    });
    expect(codesOf(mapped)).toEqual([]);
  });

  it("a bare list of children adds nothing to a child, also by way of another list", async () => {
    const mapped = await map({
      Animal: { oneOf: [ref("Mammal"), ref("Fish")] },
      Mammal: { oneOf: [ref("Cat")] },
      Cat: { allOf: [ref("Animal"), { properties: { purrs: text }, required: ["purrs"] }] },
      Fish: { properties: { fins: number }, required: ["fins"] },
    });
    expect(typesByName(mapped)).toEqual({
      Animal: "Mammal | Fish",
      Mammal: "Cat",
      Cat: "{ purrs: string }",
      Fish: "{ fins: number }",
    });
  });

  it("a list that is intersected with what holds it does not hang on itself (TS2456)", async () => {
    const mapped = await map({
      A: {
        prefixItems: [text],
        items: { oneOf: [{ allOf: [ref("A"), { properties: { kind: text } }] }, number] },
      },
    });
    expect(typesByName(mapped)).toEqual({ A: "[string, ...({ kind?: string } | number)[]]" });
    expect(codesOf(mapped)).toEqual(["W311"]);
  });

  it("members that are borrowed in a circle end", async () => {
    const mapped = await map({
      A: { allOf: [ref("B"), { required: ["x"] }] },
      B: {
        properties: {
          x: { allOf: [ref("C"), { required: ["y"] }] },
        },
      },
      C: { properties: { y: { allOf: [ref("B"), { required: ["x"] }] } } },
    });
    expect(codesOf(mapped)).toEqual([]);
    expect(typesByName(mapped)["A"]).toContain("B & { x: ");
  });
});
