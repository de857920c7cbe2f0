import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { findingsOf } from "../test/findings.js";
import { listOf, nullable, param, query, ref, small } from "../test/small-document.js";
import { strictFunctionsOf } from "../test/strict-form-of.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const text = { type: "string" };
const user = query(ref("User"));

describe("leniency (protocol 2.5): params", () => {
  const inPaths = {
    paths: {
      "/ctx/user/": {
        parameters: [{ name: "lang", in: "query", schema: text }],
        get: {
          parameters: [
            { name: "user_id", in: "query", required: true, schema: integer },
            { $ref: "#/components/parameters/Filter" },
            { name: "X-Trace", in: "header", schema: text },
          ],
        },
      },
    },
  };
  const filter = {
    components: {
      schemas: (small({})["components"] as JsonObject)["schemas"] ?? {},
      parameters: {
        Filter: {
          name: "filter",
          in: "query",
          content: { "application/json": { schema: ref("Part") } },
        },
      },
    },
  };
  const read = (params: JsonValue, more: JsonObject = {}) =>
    small(
      { a: { kind: "query", context: "user", output: "User", auth: true, params, ...more } },
      { ...inPaths, root: filter },
    );
  const lang = param("lang", text, { required: false });
  const userId = param("user_id", integer);
  const json = param("filter", ref("Part"), { required: false, encoding: "json" });
  const rows: readonly [string, JsonObject, readonly JsonObject[]][] = [
    ["names", read(["user_id", "filter"]), [userId, json]],
    [
      "a map of schemas",
      read({ user_id: integer, page: { ...integer, default: 1 } }),
      [userId, param("page", { ...integer, default: 1 }, { required: false })],
    ],
    [
      "a map of params",
      read({ page: { schema: integer, required: false } }),
      [param("page", integer, { required: false })],
    ],
    [
      "OpenAPI parameters",
      read([{ name: "page", in: "query", schema: integer, style: "form" }]),
      [{ ...param("page", integer, { required: false }), in: "query" }],
    ],
    [
      "OpenAPI parameters with content",
      read([
        {
          name: "f",
          in: "query",
          required: true,
          content: { "application/json": { schema: integer } },
        },
      ]),
      [{ ...param("f", integer, { encoding: "json" }), in: "query" }],
    ],
    ["nothing: those of the operation", read(null), [lang, userId, json]],
    ["an empty list", read([]), []],
    ["an input instead", read(null, { input: "Rename" }), [userId, param("name", text)]],
    ["hasInput: false", read(null, { hasInput: false }), []],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect((await strictFunctionsOf(document))["a"]).toMatchObject({ params: expected });
  });

  const encodings: readonly [string, JsonObject, string][] = [
    ["a scalar", { schema: text }, "plain"],
    ["an enum", { schema: { enum: ["a", "b"] } }, "plain"],
    ["null by default", { schema: nullable(integer), required: false }, "plain"],
    ["null, required", { schema: nullable(integer), required: true }, "json"],
    [
      "null beside another default",
      { schema: { ...nullable(integer), default: 3 }, required: false },
      "json",
    ],
    ["a list that may be left out", { schema: listOf(integer), required: false }, "plain"],
    ["a list that must be there", { schema: listOf(integer), required: true }, "json"],
    [
      "a list with at least one",
      { schema: { ...listOf(integer), minItems: 1 }, required: true },
      "plain",
    ],
    ["a list of null", { schema: listOf(nullable(integer)), required: false }, "json"],
    ["a list of lists", { schema: listOf(listOf(integer)), required: false }, "json"],
    ["an object", { schema: ref("User") }, "json"],
    ["a union of texts", { schema: { anyOf: [{ const: "a" }, text] } }, "plain"],
    ["a union of kinds", { schema: { anyOf: [integer, text] } }, "json"],
  ];
  it.each(encodings)("chooses the encoding (protocol 3.2): %s", async (_, raw, encoding) => {
    const document = small({ a: { ...user, params: [{ name: "p", ...raw }] } });
    expect((await strictFunctionsOf(document))["a"]).toMatchObject({ params: [{ encoding }] });
  });

  it("believes the operation that a param is plain", async () => {
    const parameters = [{ name: "p", in: "query", required: true, schema: nullable(text) }];
    const document = small(
      { a: { ...user, params: ["p"] } },
      { paths: { "/ctx/user/": { get: { parameters } } } },
    );
    expect((await strictFunctionsOf(document))["a"]).toMatchObject({
      params: [{ encoding: "plain" }],
    });
  });

  const wrong: readonly [string, JsonValue, string][] = [
    ["a name without a schema", ["nowhere"], `E103 ${at}/a/params/0`],
    ["a number", 3, `E103 ${at}/a/params`],
    ["a list of numbers", [3], `E103 ${at}/a/params/0`],
    ["a param without a name", [{ schema: text }], `E103 ${at}/a/params/0`],
    ["a param twice", [param("p", text), param("p", text)], `E103 ${at}/a/params/1/name`],
    ["a header", [{ name: "p", in: "header", schema: text }], `E103 ${at}/a/params/0/in`],
    ["a schema that is a number", [param("p", 3)], `E103 ${at}/a/params/0/schema`],
  ];
  it.each(wrong)("refuses %s", async (_, params, expected) => {
    const findings = await findingsOf(small({ a: { ...user, params } }));
    expect(findings).toContain(expected);
    expect(findings.every((finding) => finding.startsWith("E103"))).toBe(true);
  });
});
