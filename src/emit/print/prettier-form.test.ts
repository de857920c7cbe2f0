import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { docs, json, memberName, typeName, typeNode } from "../test/arbitrary-types.js";
import type { CodeType, Statement, Value } from "./code.js";
import { printModule } from "./module.js";

const context = {
  header: "",
  options: { importExtension: "js" as const },
  // As good as any rule: some references make a record a mapped type.
  isRecursive: (_type: string, reference: string): boolean => reference.length % 2 === 0,
};

const generic = fc
  .record({ name: typeName, types: fc.array(typeNode, { maxLength: 3 }) })
  .map(({ name, types }): CodeType => {
    return {
      kind: "generic",
      name: { name, from: "kernel/index", typeOnly: true },
      arguments: types,
    };
  });

/** What stands in generated code beside the types of the document. */
const codeType: fc.Arbitrary<CodeType> = fc.oneof(
  { weight: 4, arbitrary: typeNode },
  { weight: 1, arbitrary: generic },
  {
    weight: 1,
    arbitrary: fc
      .array(generic, { minLength: 2, maxLength: 4 })
      .map((members): CodeType => ({ kind: "union", members })),
  },
  {
    weight: 1,
    arbitrary: typeName.map((name): CodeType => {
      return { kind: "typeof", name: { name, from: "client", typeOnly: true } };
    }),
  },
);

async function expectUnchanged(statements: readonly Statement[]): Promise<void> {
  const { text } = printModule({ path: "types", statements }, context);
  const formatted = await format(text, { parser: "typescript", printWidth: 100 });
  expect(text).toBe(formatted);
}

/** More when asked for: `npm run fuzz` */
const runs = { numRuns: Number(process.env["MIZAN_FUZZ_RUNS"] ?? 1000) };
const timeout = 600_000;

describe("printed text is already in prettier's form", () => {
  it(
    "types of every kind, documented, in each position, mutable and readonly",
    async () => {
      const alias = fc.record({
        name: typeName,
        type: codeType,
        docs: fc.option(docs, { nil: undefined }),
        position: fc.constantFrom("in" as const, "out" as const, "both" as const),
        readonly: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(alias, async ({ name, type, docs, position, readonly }) => {
          const style = { position, readonly };
          await expectUnchanged([{ kind: "alias", name, exported: true, type, style, docs }]);
        }),
        runs,
      );
    },
    timeout,
  );

  it(
    "values of every kind",
    async () => {
      const value: fc.Arbitrary<Value> = fc.oneof(
        json.map((one): Value => ({ kind: "json", value: one })),
        json.map((one): Value => ({ kind: "constant", value: { kind: "json", value: one } })),
        fc.record({
          kind: fc.constant("object" as const),
          open: fc.constant(true),
          members: fc.uniqueArray(
            fc.record({
              key: memberName,
              value: json.map((one): Value => ({ kind: "json", value: one })),
            }),
            { selector: (member) => member.key, minLength: 1, maxLength: 6 },
          ),
        }),
      );
      await fc.assert(
        fc.asyncProperty(typeName, value, async (name, one) => {
          await expectUnchanged([{ kind: "const", name, value: one }]);
        }),
        runs,
      );
    },
    timeout,
  );
});
