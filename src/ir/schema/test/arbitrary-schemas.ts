import fc from "fast-check";
import type { Use } from "./map-document.js";

/** Keys of components, some of which fall together or compete with each other. */
const keys = ["A", "B", "C-Input", "C-Output", "a", "AInput", "D", "E_"] as const;

const memberName = fc.constantFrom("a", "b", "kind", "id", "x-y", "constructor");
const literal = fc.constantFrom<unknown>("a", "b", "", 0, 1, 1.5, true, false, null);
const reference = fc.constantFrom(...keys).map((key) => ({ $ref: `#/components/schemas/${key}` }));

const scalar = fc.oneof(
  fc.constantFrom<unknown>(true, {}, { type: "null" }, { type: "boolean" }, { not: {} }),
  fc.record(
    {
      type: fc.constant("string"),
      format: fc.constantFrom("date-time", "binary", "uuid"),
      maxLength: fc.nat(9),
      contentMediaType: fc.constantFrom("text/plain", "image/png"),
      nullable: fc.boolean(),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    { type: fc.constantFrom("integer", "number"), minimum: fc.integer() },
    { requiredKeys: ["type"] },
  ),
  fc.record({ type: fc.constantFrom(["string", "null"], ["integer", "string"]) }),
  fc.record({ const: literal }),
  fc.record({ enum: fc.array(literal, { maxLength: 4 }) }),
);

/** Any schema that means something, at any depth. */
export const schemas: fc.Arbitrary<unknown> = fc.letrec<{ schema: unknown; member: unknown }>(
  (tie) => {
    const schema = tie("schema");
    const list = (least: number): fc.Arbitrary<unknown[]> =>
      fc.array(schema, { minLength: least, maxLength: 3 });
    const object = fc.record(
      {
        type: fc.constant("object"),
        properties: fc.dictionary(memberName, tie("member"), { maxKeys: 4 }),
        required: fc.uniqueArray(memberName, { maxLength: 3 }),
        additionalProperties: fc.oneof(fc.boolean(), schema),
        patternProperties: fc.dictionary(fc.constantFrom("^a", "b$"), schema, { maxKeys: 2 }),
        propertyNames: fc.oneof(
          fc.constant({ enum: ["a", "b"] }),
          fc.constant({ pattern: "^a" }),
          reference,
        ),
        nullable: fc.boolean(),
        description: fc.constant("words"),
      },
      { requiredKeys: ["type"] },
    );
    return {
      schema: fc.oneof(
        { maxDepth: 4, depthIdentifier: "schema" },
        scalar,
        reference,
        object,
        object,
        fc.record(
          { type: fc.constant("array"), items: schema, minItems: fc.nat(3), maxItems: fc.nat(3) },
          { requiredKeys: ["type", "items"] },
        ),
        fc.record(
          {
            type: fc.constant("array"),
            prefixItems: list(1),
            items: fc.oneof(fc.boolean(), schema),
            minItems: fc.nat(3),
          },
          { requiredKeys: ["type", "prefixItems"] },
        ),
        fc.record({ oneOf: list(1), nullable: fc.boolean() }, { requiredKeys: ["oneOf"] }),
        fc.record(
          {
            anyOf: list(1),
            properties: fc.dictionary(memberName, tie("member"), { maxKeys: 2 }),
            required: fc.uniqueArray(memberName, { maxLength: 2 }),
          },
          { requiredKeys: ["anyOf"] },
        ),
        fc.record(
          {
            allOf: list(1),
            required: fc.uniqueArray(memberName, { maxLength: 2 }),
            additionalProperties: fc.constant(false),
          },
          { requiredKeys: ["allOf"] },
        ),
        fc.record({
          oneOf: fc.array(reference, { minLength: 1, maxLength: 3 }),
          discriminator: fc.record(
            {
              propertyName: fc.constant("kind"),
              mapping: fc.dictionary(fc.constantFrom("a", "b", "3"), fc.constantFrom(...keys)),
            },
            { requiredKeys: ["propertyName"] },
          ),
        }),
        fc
          .tuple(
            reference,
            fc.record({
              properties: fc.dictionary(memberName, tie("member"), { maxKeys: 2 }),
              required: fc.uniqueArray(memberName, { maxLength: 2 }),
            }),
          )
          .map(([target, siblings]) => ({ ...target, ...siblings })),
      ),
      member: fc
        .tuple(
          schema,
          fc.record(
            { readOnly: fc.boolean(), writeOnly: fc.boolean(), default: literal },
            { requiredKeys: [] },
          ),
        )
        .map(([value, annotations]) =>
          typeof value === "object" && value !== null ? { ...value, ...annotations } : value,
        ),
    };
  },
).schema;

/** A value that stands where it should not. */
export const junk = fc.constantFrom<unknown>(
  null,
  3,
  -1,
  "x",
  "",
  [],
  [1],
  {},
  { a: 1 },
  true,
  false,
  [null],
  { $ref: 3 },
  { $ref: "#/nowhere" },
  { type: "int" },
  { type: [] },
  { properties: [] },
  { required: true },
  { enum: {} },
  { allOf: [] },
);

/** All keys have a component, in this order. */
export const components: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(...keys.map(() => schemas))
  .map((values) => Object.fromEntries(keys.map((key, index) => [key, values[index]])));

export const uses: fc.Arbitrary<Use[]> = fc.array(
  fc.record({
    schema: fc.oneof(reference, reference, schemas),
    direction: fc.constantFrom("in" as const, "out" as const),
    media: fc.constantFrom(
      "json" as const,
      "json" as const,
      "multipart" as const,
      "binary" as const,
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Puts `value` in the place of the `at`th value below `root`. */
export function replaceAt(root: unknown, at: number, value: unknown): unknown {
  let left = at;
  const walk = (node: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]));
  };
  return walk(root);
}

/** The same with the keywords of each schema in reverse order; the order of named things is kept, as it means something. */
export function reverseKeywords(node: unknown, isNamed = false): unknown {
  if (Array.isArray(node)) return node.map((child) => reverseKeywords(child));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, child]): [string, unknown] => [
    key,
    reverseKeywords(
      child,
      !isNamed && /^(properties|patternProperties|mapping|const|default)$/.test(key),
    ),
  ]);
  return Object.fromEntries(isNamed ? entries : entries.reverse());
}
