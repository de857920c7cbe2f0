import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { findingsOf } from "../test/findings.js";
import { param, query, ref, small } from "../test/small-document.js";
import { strictFunctionsOf } from "../test/strict-form-of.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const text = { type: "string" };
const user = query(ref("User"));

describe("leniency (protocol 2.5): OpenAPI 3.0 and dereferenced documents", () => {
  it("writes 3.0's forms as 3.1's", async () => {
    const output = {
      ...{ type: "object", nullable: true },
      properties: {
        nullable: { type: "boolean" },
        n: { type: "integer", minimum: 0, exclusiveMinimum: true },
        e: { type: "string", enum: ["a"], nullable: true },
        r: { nullable: true, allOf: [ref("User")] },
      },
    };
    const document = { ...small({ f: { output, input: null } }), openapi: "3.0.3" };
    expect((await strictFunctionsOf(document))["f"]).toMatchObject({
      output: {
        type: ["object", "null"],
        properties: {
          nullable: { type: "boolean" },
          n: { type: "integer", exclusiveMinimum: 0 },
          e: { type: ["string", "null"], enum: ["a", null] },
          r: { anyOf: [{ allOf: [ref("User")] }, { type: "null" }] },
        },
      },
    });
  });

  const userSchema = {
    ...{ type: "object", required: ["id", "name", "manager_id"] },
    properties: { id: integer, name: text, manager_id: integer },
  };
  const renameSchema = {
    ...{ type: "object", required: ["user_id", "name"] },
    properties: { user_id: integer, name: text },
  };
  const json = (schema: JsonValue) => ({ content: { "application/json": { schema } } });
  const dereferenced = (slot: JsonObject) =>
    small(
      {
        read: {
          kind: "query",
          context: "user",
          params: [param("user_id", integer)],
          output: userSchema,
          auth: true,
        },
        f: {
          kind: "mutation",
          input: renameSchema,
          output: userSchema,
          merge: [{ context: "user", ...slot }],
          auth: true,
        },
      },
      {
        paths: {
          "/ctx/user/": {
            get: {
              responses: {
                200: json({ properties: { data: { properties: { read: ref("User") } } } }),
              },
            },
          },
          "/call/f": {
            post: {
              requestBody: json(ref("Rename")),
              responses: { 200: json({ properties: { result: ref("User") } }) },
            },
          },
        },
      },
    );

  it("recovers references from the operations in `paths`", async () => {
    expect(await strictFunctionsOf(dereferenced({}))).toMatchObject({
      read: { output: ref("User") },
      f: { input: ref("Rename"), output: ref("User"), merge: [{ slot: "read", mode: "replace" }] },
    });
  });

  it("else compares structures, and asks for the slot", async () => {
    const bare = { ...dereferenced({}), paths: {} };
    expect(await findingsOf(bare)).toEqual([`E203 ${at}/f/merge/0`]);
    const named = { ...dereferenced({ slot: "read" }), paths: {} };
    expect(await findingsOf(named)).toEqual([]);
  });

  it("takes input and output from `paths` where an entry is silent", async () => {
    const { paths } = dereferenced({}) as { paths: JsonObject };
    const functions = { read: { context: "user" }, f: { affects: "user" } };
    expect(await strictFunctionsOf(small(functions, { paths }))).toMatchObject({
      read: { kind: "query", output: ref("User") },
      f: { kind: "mutation", input: ref("Rename"), output: ref("User") },
    });
  });

  it("takes multipart where it is all that is offered, or where a file is sent", async () => {
    const file = { type: "object", properties: { image: { type: "string", format: "binary" } } };
    const body = (content: JsonObject) => ({ "/call/f": { post: { requestBody: { content } } } });
    const multipart = { "multipart/form-data": { schema: file } };
    const both = { "application/json": { schema: ref("Rename") }, ...multipart };
    const textual = { ...both, "multipart/form-data": { schema: ref("Rename") } };
    const of = async (content: JsonObject) =>
      (
        await strictFunctionsOf(
          small({ f: { output: null }, read: user }, { paths: body(content) }),
        )
      )["f"];
    expect(await of(multipart)).toMatchObject({ encoding: "multipart", input: file });
    expect(await of(both)).toMatchObject({ encoding: "multipart", input: file });
    expect(await of(textual)).not.toHaveProperty("encoding");
  });
});
