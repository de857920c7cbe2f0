import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../document/document.js";
import { mapDocument, typesByName, type Use } from "./test/map-document.js";
import { printType } from "./test/print-type.js";
import { randomFrom, sampleValue, type Schema } from "./test/sample-value.js";
import { typeErrors } from "./test/type-errors.js";

/*
 * What the server may send, and what it accepts, must be what the types say: each value that is valid by JSON Schema, as a type of its
 * own, extends the type of its schema. Left out is what the types are narrower about on purpose: an object is one also without `type`,
 * tuples are complete, discriminators demand their tags, and defaults are taken to be present in answers.
 */

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const memberName = fc.constantFrom("a", "b", "c");
const literal = fc.constantFrom<unknown>("a", "b", 0, 1.5, true, null);

const { schema, object } = fc.letrec<{ schema: unknown; object: object }>((tie) => {
  const member = fc
    .tuple(tie("schema"), fc.record({ default: literal }, { requiredKeys: [] }))
    .map(([value, more]) => (typeof value === "object" ? { ...value, ...more } : value));
  const fields = {
    // A member that all values have: TypeScript refuses what shares no member with a type of optional ones.
    properties: fc
      .dictionary(memberName, member, { maxKeys: 3 })
      .map((all) => ({ ...all, t: true })),
    required: fc.uniqueArray(memberName, { maxLength: 2 }),
  };
  const objects = fc.record(
    {
      type: fc.constant("object"),
      ...fields,
      additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
    },
    { requiredKeys: ["type", "properties"] },
  );
  const objectReference = fc.constantFrom("O1", "O2").map(ref);
  return {
    object: objects,
    schema: fc.oneof(
      { maxDepth: 3, depthIdentifier: "sound" },
      fc.constantFrom<unknown>(
        { type: "string" },
        { type: "number" },
        { type: "boolean" },
        { type: "null" },
        true,
      ),
      fc.record({ enum: fc.array(literal, { minLength: 1, maxLength: 3 }) }),
      fc.constantFrom("O1", "O2", "S", "U", "R").map(ref),
      objects,
      objects,
      fc.record({ type: fc.constant(["string", "object"]), ...fields }),
      fc.record({ type: fc.constant("string"), nullable: fc.constant(true) }),
      fc.record(
        {
          type: fc.constant("array"),
          items: tie("schema"),
          minItems: fc.nat(2),
          maxItems: fc.constantFrom(2, 3),
        },
        { requiredKeys: ["type", "items"] },
      ),
      fc
        .tuple(
          fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
          fc.oneof(fc.constant(false), tie("schema")),
        )
        .map(([prefixItems, items]) => {
          return { type: "array", prefixItems, items, minItems: prefixItems.length };
        }),
      fc.record(
        {
          type: fc.constant("object"),
          additionalProperties: tie("schema"),
          propertyNames: fc.constant({ enum: ["a", "b", "t"] }),
          required: fc
            .uniqueArray(fc.constantFrom("a", "b"), { maxLength: 2 })
            .map((names) => [...names, "t"]),
        },
        { requiredKeys: ["type", "additionalProperties", "propertyNames", "required"] },
      ),
      fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
      fc.record({
        type: fc.constant("object"),
        ...fields,
        anyOf: fc.array(
          fc.record({ required: fc.uniqueArray(memberName, { minLength: 1, maxLength: 2 }) }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      fc.record({
        allOf: fc.array(
          fc.oneof(
            objectReference,
            objects,
            fc.record({ required: fc.uniqueArray(memberName, { minLength: 1 }) }),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        type: fc.constant("object"),
      }),
      fc
        .tuple(objectReference, fc.record({ type: fc.constant("object"), ...fields }))
        .map(([target, siblings]) => ({ ...target, ...siblings })),
      fc.record({
        type: fc.constant("object"),
        ...fields,
        oneOf: fc.array(fc.oneof(objectReference, objects), { minLength: 1, maxLength: 2 }),
      }),
    ),
  };
});

const scalar = fc.oneof(
  fc.record({ type: fc.constant("string"), enum: fc.constantFrom(["a"], ["a", "b"]) }),
  fc.constant({ type: ["integer", "null"] }),
);
const documents = fc.record({
  components: fc.record({
    O1: object,
    O2: object,
    S: scalar,
    U: fc.record({ anyOf: fc.array(schema, { minLength: 1, maxLength: 3 }) }),
    R: fc.record({ type: fc.constant("array"), items: schema }),
    X: schema,
  }),
  seed: fc.integer(),
});

/** A schema that is a union with itself has the validator run for ever; what it means is in rows-circles.test.ts. */
function isValid(validate: (value: unknown) => unknown, value: unknown): boolean {
  try {
    return validate(value) === true;
  } catch {
    return false;
  }
}

describe("each value that is valid for a schema", () => {
  it("is of its type, IN and OUT", async () => {
    const sources: string[] = [];
    let values = 0;
    await fc.assert(
      fc.asyncProperty(documents, async ({ components, seed }) => {
        const uses = (["in", "out"] as const).map((direction): Use => ({
          schema: ref("X"),
          direction,
        }));
        const mapped = await mapDocument(uses, components, { outputDefaults: "optional" });
        if (mapped.diagnostics.some(({ severity }) => severity === "error")) return;
        const ajv = new Ajv2020({ strict: false, logger: false });
        ajv.addSchema({ $id: "doc", components: { schemas: components } });
        const validate = ajv.compile({ $ref: "doc#/components/schemas/X" });
        const lines = Object.entries(typesByName(mapped)).map(
          ([name, type]) => `export type ${name} = ${type};`,
        );
        const random = randomFrom(seed);
        for (const [index, { direction }] of uses.entries()) {
          const root = mapped.roots[index];
          for (let count = 0; count < 12 && root !== undefined; count++) {
            const value = sampleValue(components.X as Schema, components, random);
            if (!isValid(validate, value)) continue;
            values++;
            const type = printType({ kind: "literal", value: value as JsonValue });
            lines.push(
              `export const v${lines.length}: [${type}] extends [${printType(root)}] ? true : false = true; // ${direction}`,
            );
          }
        }
        sources.push([...lines, `/* ${JSON.stringify(components)} */`].join("\n"));
      }),
      { numRuns: Number(process.env["MIZAN_FUZZ_RUNS"] ?? 400) },
    );
    expect(values).toBeGreaterThan(1000);
    expect(typeErrors(sources).slice(0, 3)).toEqual([]);
  });
});
