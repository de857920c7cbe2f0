import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../document/document.js";
import { build, findingsOf } from "../test/findings.js";
import { listOf, nullable, query, ref, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const text = { type: "string" };
const read = query(ref("User"));

type Row = readonly [string, JsonObject, readonly string[]];

describe("references: E240 and E241", () => {
  const outside = { parameters: { P: { schema: text } } };
  const rows: readonly Row[] = [
    [
      "a component that is not there",
      small({ a: query(ref("Usr")) }),
      [`E240 ${at}/a/output/$ref`],
    ],
    ["one in a list", small({ a: query(listOf(ref("Usr"))) }), [`E240 ${at}/a/output/items/$ref`]],
    [
      "one or null",
      small({ a: query(nullable(ref("Usr"))) }),
      [`E240 ${at}/a/output/anyOf/0/$ref`],
    ],
    ["one that is written as a name", small({ a: { ...query("Usr") } }), [`E240 ${at}/a/output`]],
    [
      "one of an error",
      small({ a: query(text, { errors: { gone: { status: 410, schema: ref("Usr") } } }) }),
      [`E240 ${at}/a/errors/gone/schema/$ref`],
    ],
    [
      "another part of the document",
      small({ a: query({ $ref: "#/paths" }) }),
      [`E240 ${at}/a/output/$ref`],
    ],
    [
      "another document",
      small({ a: query({ $ref: "other.json#/User" }) }),
      [`E240 ${at}/a/output/$ref`],
    ],
    ["another kind of component", { ...small({ a: query(text) }, { root: outside }) }, []],
    [
      "an operation of no function",
      small({ a: read }, { paths: { "/call/b": { post: { "x-mizan-function": "b" } } } }),
      ["E241 #/paths/~1call~1b/post/x-mizan-function"],
    ],
    [
      "an operation of no context",
      small({ a: read }, { paths: { "/ctx/usr/": { get: { "x-mizan-context": "usr" } } } }),
      ["E241 #/paths/~1ctx~1usr~1/get/x-mizan-context"],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });

  it("suggests the component that was meant", async () => {
    const { diagnostics } = await build(small({ a: query(ref("Usr")) }));
    expect(diagnostics[0]?.message).toContain('(did you mean "User"?)');
  });
});
