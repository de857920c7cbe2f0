import { describe, expect, it } from "vitest";
import type { Merge } from "../../ir/api.js";
import { emitClient } from "../emit-client.js";
import { api, context, mutation, query, string } from "../test/build.js";

const options = {
  importExtension: "js",
  readonly: false,
  enums: "union",
  source: "a.json",
} as const;

const textOf = (path: string, value: ReturnType<typeof api>): string =>
  emitClient(value, options).find((file) => file.path === path)?.text ?? "";

const merge = (mode: Merge["mode"]): Merge => ({
  context: "user",
  slot: "user_name",
  mode,
  key: ["id"],
  value: [],
  params: [],
  onNull: "invalidate",
});

const withMutation = (parts: Parameters<typeof mutation>[1]): string =>
  textOf(
    "mutations/rename.ts",
    api({
      contexts: [context("user", { queries: [query("user_name", string)] })],
      mutations: [mutation("rename", parts)],
    }),
  );

describe("parts of the kernel that only some functions need", () => {
  it("are named by none that does not need them", () => {
    const text = withMutation({ merges: [merge("replace")] });
    expect(text).toContain('import { isErrorOf, mutation } from "../kernel/index.js";');
  });

  it.each([
    [{ encoding: "multipart" }, "encode: multipartBody,"],
    [{ idempotent: true }, "idempotent: withIdempotencyKey,"],
    [{ concurrency: "serial" }, "concurrency: oneByOne,"],
    [{ concurrency: "latest" }, "concurrency: latestOnly,"],
    [{ merges: [merge("replace"), merge("upsert")] }, "merge: mergeParts,"],
    [{ merges: [merge("patch")] }, "merge: mergeParts,"],
  ] as const)("%j is written as `%s`, and imported", (parts, member) => {
    const text = withMutation(parts);
    expect(text.split("\n").map((each) => each.trim())).toContain(member);
    const name = member.slice(member.indexOf(" ") + 1, -1);
    expect(text).toMatch(
      new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from "../kernel/index.js"`),
    );
  });

  it.each([
    [undefined, true],
    ["somebody/1.0", true],
    ["mizan-django/0.1.0", false],
  ])(
    "the errors and headers of other frameworks are read unless the producer is ours: %s",
    (producer, read) => {
      const whole = api({});
      const text = textOf("contract.ts", { ...whole, contract: { ...whole.contract, producer } });
      expect(text.includes("readFields: foreignFields")).toBe(read);
      // Those of ours answer calls with JSON, which says itself what changed (protocol 3.5).
      expect(text.includes("readEffects: headerEffects")).toBe(read);
    },
  );
});
