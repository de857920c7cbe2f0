import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { docs, json, memberName, typeName, typeNode } from "../test/arbitrary-types.js";
import type { Statement, Value } from "./code.js";
import { printModule } from "./module.js";

const context = { header: "", options: { importExtension: "js" as const } };

async function expectUnchanged(statements: readonly Statement[]): Promise<void> {
  const { text } = printModule({ path: "types", statements }, context);
  const formatted = await format(text, { parser: "typescript", printWidth: 100 });
  expect(text).toBe(formatted);
}

const runs = { numRuns: Number(process.env["FAST_CHECK_RUNS"] ?? 1000) };

describe("printed text is already in prettier's form", () => {
  it("types of every kind, documented, in each position, mutable and readonly", async () => {
    const alias = fc.record({
      name: typeName,
      type: typeNode,
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
  });

  it("values of every kind", async () => {
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
  });
});
