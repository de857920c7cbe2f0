import { describe, expect, it } from "vitest";
import {
  codesOf,
  mapBothWays,
  mapComponents,
  mapDocument,
  placesOf,
  typesByName,
} from "./test/map-document.js";

const text = { type: "string" };
const pointer = (name: string): string => `#/components/schemas/${name}`;
const ref = (name: string): { $ref: string } => ({ $ref: pointer(name) });
const tagged = (tag: unknown, required = true): object => ({
  type: "object",
  properties: { kind: tag },
  ...(required ? { required: ["kind"] } : {}),
});
const union = (mapping?: Record<string, string>, keyword = "oneOf"): object => ({
  [keyword]: [ref("Cat"), ref("Dog")],
  discriminator: { propertyName: "kind", ...(mapping === undefined ? {} : { mapping }) },
});

type Row = readonly [row: string, schema: object, cat: object, input: string, output?: string];

/** types.md section 4, discriminator on a union; Dog is always told by a plain string. */
const rows: readonly Row[] = [
  [
    "explicit mapping by pointer",
    union({ cat: pointer("Cat"), dog: pointer("Dog") }),
    tagged(text),
    '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
  ],
  [
    "explicit mapping by bare name",
    union({ cat: "Cat", dog: "Dog" }),
    tagged(text),
    '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
  ],
  [
    "several keys for one schema",
    union({ cat: "Cat", kitten: "Cat", dog: "Dog" }),
    tagged(text),
    '(Cat & { kind: "cat" | "kitten" }) | (Dog & { kind: "dog" })',
  ],
  [
    "partial mapping: others by their component's name",
    union({ cat: "Cat" }),
    tagged(text),
    '(Cat & { kind: "cat" }) | (Dog & { kind: "Dog" })',
  ],
  ["no mapping", union(), tagged(text), '(Cat & { kind: "Cat" }) | (Dog & { kind: "Dog" })'],
  [
    "on anyOf",
    union({ cat: "Cat", dog: "Dog" }, "anyOf"),
    tagged(text),
    '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
  ],
  [
    "the name of the member alone (Swagger 2)",
    { ...union(), discriminator: "kind" },
    tagged(text),
    '(Cat & { kind: "Cat" }) | (Dog & { kind: "Dog" })',
  ],
  [
    "a required literal tag needs nothing",
    union({ cat: "Cat", dog: "Dog" }),
    tagged({ const: "cat" }),
    'Cat | (Dog & { kind: "dog" })',
  ],
  [
    "a required enum of one needs nothing",
    union({ cat: "Cat", dog: "Dog" }),
    tagged({ enum: ["cat"] }),
    'Cat | (Dog & { kind: "dog" })',
  ],
  [
    "a literal of the schema's own wins over the mapping",
    union({ feline: "Cat", dog: "Dog" }),
    tagged({ const: "cat" }),
    'Cat | (Dog & { kind: "dog" })',
  ],
  [
    "a list of tags is narrowed by the mapping",
    union({ cat: "Cat", dog: "Dog" }),
    tagged({ enum: ["cat", "dog"] }),
    '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
  ],
  [
    "a tag with a default is required in the union, both ways",
    union({ cat: "Cat", dog: "Dog" }),
    tagged({ const: "cat", default: "cat" }, false),
    '(CatInput & { kind: "cat" }) | (Dog & { kind: "dog" })',
    'Cat | (Dog & { kind: "dog" })',
  ],
  [
    "a literal tag that is optional is required in the union",
    union({ cat: "Cat", dog: "Dog" }),
    tagged({ const: "cat" }, false),
    '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
  ],
  [
    "integer tags",
    union({ "3": "Cat", dog: "Dog" }),
    tagged({ type: "integer" }),
    '(Cat & { kind: 3 }) | (Dog & { kind: "dog" })',
  ],
  [
    "integer literal tags (msgspec)",
    union({ "3": "Cat", dog: "Dog" }),
    tagged({ enum: [3] }),
    'Cat | (Dog & { kind: "dog" })',
  ],
  [
    "a tag that is not declared",
    union({ cat: "Cat", dog: "Dog" }),
    { type: "object", properties: {} },
    '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
  ],
  [
    "a tag by $ref to an enum",
    union({ cat: "Cat", dog: "Dog" }),
    tagged(ref("Kind")),
    '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
  ],
  [
    "with null among the variants",
    { ...union({ cat: "Cat", dog: "Dog" }), nullable: true },
    tagged({ const: "cat" }),
    'Cat | (Dog & { kind: "dog" }) | null',
  ],
];

describe("types.md section 4: discriminator on a union", () => {
  it.each(rows)("%s", async (_row, schema, Cat, input, output = input) => {
    const components = { Cat, Dog: tagged(text), Kind: { enum: ["cat", "dog"] } };
    expect(await mapBothWays(schema, components)).toEqual({ in: input, out: output, codes: [] });
  });

  it("leaves the component itself as it is", async () => {
    const components = {
      X: union({ cat: "Cat", dog: "Dog" }),
      Cat: tagged(text),
      Dog: tagged(text),
    };
    expect(await mapComponents(components)).toEqual({
      X: '(Cat & { kind: "cat" }) | (Dog & { kind: "dog" })',
      Cat: "{ kind: string }",
      Dog: "{ kind: string }",
    });
  });

  it("tags inline variants that have no literal of their own by nothing", async () => {
    const schema = {
      oneOf: [tagged({ const: "a" }), tagged(text)],
      discriminator: { propertyName: "kind" },
    };
    expect((await mapBothWays(schema)).in).toBe('{ kind: "a" } | { kind: string }');
  });

  it("does not tag a variant that is a tagged union itself", async () => {
    const components = {
      X: { oneOf: [ref("Cats"), ref("Dog")], discriminator: { propertyName: "kind" } },
      Cats: { oneOf: [ref("Lion"), ref("Cat")] },
      Lion: tagged({ const: "lion" }),
      Cat: tagged({ const: "cat" }),
      Dog: tagged({ const: "dog" }),
    };
    expect((await mapComponents(components))["X"]).toBe("Cats | Dog");
  });

  it.each([
    ["no object", 3, ["E303 #/x-mizan-functions/f0/schema/discriminator"]],
    ["no propertyName", {}, ["E303 #/x-mizan-functions/f0/schema/discriminator/propertyName"]],
    [
      "a mapping that is a list",
      { propertyName: "kind", mapping: [] },
      ["E303 #/x-mizan-functions/f0/schema/discriminator/mapping"],
    ],
    [
      "a mapping to a number",
      { propertyName: "kind", mapping: { a: 1 } },
      ["E303 #/x-mizan-functions/f0/schema/discriminator/mapping/a"],
    ],
    [
      "a mapping to nothing",
      { propertyName: "kind", mapping: { a: "Missing" } },
      ["W313 #/x-mizan-functions/f0/schema/discriminator/mapping/a"],
    ],
  ])("with %s is reported", async (_what, discriminator, places) => {
    const schema = { oneOf: [tagged({ const: "a" }), tagged({ const: "b" })], discriminator };
    expect(placesOf(await mapDocument([{ schema, direction: "in" }]))).toEqual(places);
  });
});

describe("types.md section 4: discriminator on a parent", () => {
  const Pet = {
    type: "object",
    properties: { kind: text, name: text },
    required: ["kind"],
    discriminator: { propertyName: "kind", mapping: { cat: pointer("Cat"), persian: "Persian" } },
  };
  const Cat = { allOf: [ref("Pet"), { properties: { lives: { type: "integer" } } }] };

  it("children have the values of an explicit mapping", async () => {
    const types = await mapComponents({ X: ref("Cat"), Pet, Cat });
    expect(types).toMatchObject({
      Pet: "{ kind: string; name?: string }",
      Cat: 'Pet & { lives?: number; kind: "cat" }',
    });
  });

  it("children without an entry in the mapping have no tag", async () => {
    const types = await mapComponents({
      X: { allOf: [ref("Pet"), { properties: { a: text } }] },
      Pet,
      Cat,
    });
    expect(types["X"]).toBe("Pet & { a?: string }");
  });

  it("a child with children of its own has their values too", async () => {
    const Persian = { allOf: [ref("Cat"), { properties: { fluff: text } }] };
    const types = await mapComponents({ X: ref("Persian"), Pet, Cat, Persian });
    expect(types).toMatchObject({
      Cat: 'Pet & { lives?: number; kind: "cat" | "persian" }',
      Persian: 'Cat & { fluff?: string; kind: "persian" }',
    });
  });

  it("a child with a literal of its own keeps it", async () => {
    const Own = { allOf: [ref("Pet"), { properties: { kind: { const: "Cat" } } }] };
    const types = await mapComponents({ X: ref("Cat"), Pet, Cat: Own });
    expect(types["Cat"]).toBe('Pet & { kind: "Cat" }');
  });

  it("says nothing twice in a union of the children", async () => {
    const components = {
      X: { oneOf: [ref("Cat")], discriminator: { propertyName: "kind", mapping: { cat: "Cat" } } },
      Pet,
      Cat,
    };
    const mapped = await mapDocument([{ schema: ref("X"), direction: "out" }], components);
    expect(typesByName(mapped)["X"]).toBe("Cat");
    expect(codesOf(mapped)).toEqual(["W313"]);
  });
});
