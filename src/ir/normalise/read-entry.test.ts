import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { build } from "../test/findings.js";
import { nullable, query, ref, small } from "../test/small-document.js";
import { strictFunctionsOf } from "../test/strict-form-of.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const text = { type: "string" };
const user = query(ref("User"));

/** One entry `f` in the strict form, from one that is not. */
async function entry(raw: JsonValue, more: JsonObject = {}): Promise<JsonValue> {
  const read = query(ref("User"));
  return (await strictFunctionsOf(small({ f: raw, read }, more)))["f"] ?? null;
}

describe("leniency (protocol 2.5): the members of an entry", () => {
  const rows: readonly [string, JsonObject, JsonObject][] = [
    [
      "isContext",
      { isContext: "user", output: "User", params: [] },
      { kind: "query", context: "user" },
    ],
    [
      "isContext: global",
      { isContext: "global", output: "User", params: [] },
      { context: "global" },
    ],
    ["isContext: false", { isContext: false, output: "User" }, { kind: "mutation" }],
    ["contextName", { contextName: "user", output: "User" }, { context: "user" }],
    ["ctx", { ctx: "user", output: "User" }, { context: "user" }],
    ...["outputSchema", "outputType", "output_type", "returns", "response", "result"].map(
      (key): [string, JsonObject, JsonObject] => [key, { [key]: "User" }, { output: ref("User") }],
    ),
    ...["inputSchema", "inputType", "input_type", "request", "body", "args"].map(
      (key): [string, JsonObject, JsonObject] => [
        key,
        { [key]: "Rename" },
        { input: ref("Rename") },
      ],
    ),
    ["hasInput: false", { hasInput: false, output: "User" }, { input: null }],
    ["outputNullable", { output: "User", outputNullable: true }, { output: nullable(ref("User")) }],
    ["camelName, transport", { output: null, camelName: "F", transport: "http" }, { output: null }],
    ["isForm", { input: "Rename", isForm: true }, { form: { schema: ref("Rename") } }],
    ["form: true", { input: "Rename", form: true }, { form: { schema: ref("Rename") } }],
    ["form as a name", { input: "Rename", form: "Part" }, { form: { schema: ref("Part") } }],
    ["form as a schema", { input: "Rename", form: ref("Part") }, { form: { schema: ref("Part") } }],
    ["a pointer for a schema", { input: "#/components/schemas/Rename" }, { input: ref("Rename") }],
    ["affects: a name", { affects: "user" }, { affects: [{ context: "user" }] }],
    [
      "affects: names",
      { affects: ["user", "*"] },
      { affects: [{ context: "user" }, { context: "*" }] },
    ],
    ["affects: an object", { affects: { context: "user" } }, { affects: [{ context: "user" }] }],
    ["invalidates", { invalidates: ["user"] }, { affects: [{ context: "user" }] }],
    ["affected_contexts", { affected_contexts: ["user"] }, { affects: [{ context: "user" }] }],
    [
      "merge: a name",
      { input: "Rename", output: "User", merge: "user" },
      {
        merge: [
          {
            context: "user",
            slot: "read",
            mode: "replace",
            params: { user_id: { from: "input", path: ["user_id"] } },
          },
        ],
      },
    ],
    [
      "mergeTargets with aliases",
      {
        input: "Rename",
        output: "User",
        mergeTargets: [{ context_name: "user", on_null: "ignore" }],
      },
      { merge: [{ context: "user", onNull: "ignore" }] },
    ],
    ["auth: true", { auth: true }, { auth: { mode: "required" } }],
    ["auth: false", { auth: false }, { auth: { mode: "none" } }],
    ["auth: login", { auth: "login" }, { auth: { mode: "required" } }],
    ["auth: optional", { auth: "optional" }, { auth: { mode: "optional" } }],
    ["requiresAuth", { requiresAuth: true }, { auth: { mode: "required" } }],
    ["auth_required", { auth_required: false }, { auth: { mode: "none" } }],
    ["no auth", { output: "User" }, { auth: { mode: "none" } }],
    ["multipart by its media type", { encoding: "multipart/form-data" }, { encoding: "multipart" }],
    ["deprecated as a text", { deprecated: "old" }, { deprecated: { message: "old" } }],
    [
      "replaced_by",
      { deprecated: { replaced_by: "read" } },
      { deprecated: { replacedBy: "read" } },
    ],
    [
      "null for what is absent",
      { merge: null, affects: null, form: null, context: null },
      { kind: "mutation", output: null },
    ],
    ["a context and no input", { context: "user", output: "User" }, { kind: "query" }],
    [
      "a context and an input",
      { context: "user", input: "Rename", output: "User" },
      { kind: "mutation" },
    ],
    ["neither", { output: "User" }, { kind: "mutation", input: null }],
    [
      "an answer that is no JSON",
      { output_media: "text/html", affects: "user", hasInput: false, path: "/page" },
      { kind: "view", method: "GET", produces: ["text/html"], affects: [{ context: "user" }] },
    ],
    [
      "a mutation that answers otherwise",
      { kind: "mutation", produces: ["text/csv"], input: "Rename", merge: ["user"] },
      {
        kind: "view",
        method: "POST",
        path: "/call/f",
        encoding: "json",
        input: ref("Rename"),
        affects: [{ context: "user" }],
      },
    ],
  ];
  it.each(rows)("%s", async (_, raw, expected) => {
    expect(await entry(raw)).toMatchObject(expected);
  });

  it("keeps unknown keys as x-legacy-... and warns, with the nearest known one", async () => {
    const document = small({ a: { ...user, somethingNew: { x: 1 }, pagnation: 1, "x-own": 2 } });
    const { diagnostics } = await build(document);
    expect((await strictFunctionsOf(document))["a"]).toMatchObject({
      "x-legacy-something-new": { x: 1 },
      "x-legacy-pagnation": 1,
      "x-own": 2,
    });
    expect(diagnostics).toMatchObject([
      { code: "W300", pointer: `${at}/a/somethingNew`, part: "key" },
      { code: "W300", pointer: `${at}/a/pagnation`, part: "key" },
    ]);
    expect(diagnostics[1]?.message).toBe(
      'unknown key "pagnation" in a query (did you mean "pagination"?)',
    );
  });

  it("warns of a second spelling of one key, and of a key of another kind", async () => {
    const document = small({ a: { ...user, output_type: "Page", idempotent: true } });
    const { diagnostics } = await build(document);
    expect(diagnostics.map(({ message }) => message)).toEqual(
      ['"idempotent" has no effect in a query', '"output_type" has no effect beside "output"']
        .sort()
        .reverse(),
    );
  });

  it("changes no values: names of params, fields and schemas stay as they are", async () => {
    const input = { type: "object", properties: { output_type: text, functionName: integer } };
    expect(await entry({ input, output: null })).toMatchObject({ input });
  });
});
