import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { findingsOf } from "../test/findings.js";
import { listOf, nullable, param, query, ref, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const text = { type: "string" };

type Row = readonly [string, JsonObject, readonly string[]];

describe("params: E110 and E111", () => {
  const withParam = (schema: JsonValue, more: JsonObject = {}) => [param("p", schema, more)];
  const rows: readonly Row[] = [
    [
      "another schema in one context",
      small({
        a: query(text, { params: withParam(integer) }),
        b: query(text, { params: withParam(text) }),
      }),
      [`E110 ${at}/b/params/0/schema`],
    ],
    [
      "another default",
      small({
        a: query(text, { params: withParam({ ...integer, default: 1 }, { required: false }) }),
        b: query(text, { params: withParam({ ...integer, default: 2 }, { required: false }) }),
      }),
      [`E110 ${at}/b/params/0/schema`],
    ],
    [
      "another encoding",
      small({
        a: query(text, { params: withParam(text) }),
        b: query(text, { params: withParam(text, { encoding: "json" }) }),
      }),
      [`E110 ${at}/b/params/0/encoding`],
    ],
    [
      "the same in another context",
      small({
        a: query(text, { params: withParam(integer) }),
        b: query(text, { context: "other", params: withParam(text) }),
      }),
      [],
    ],
    [
      "the same but for words",
      small({
        a: query(text, { params: withParam(integer) }),
        b: query(text, { params: withParam({ ...integer, title: "P" }) }),
      }),
      [],
    ],
    [
      "a plain object",
      small({ a: query(text, { params: withParam(ref("User")) }) }),
      [`E111 ${at}/a/params/0`],
    ],
    [
      "a plain null that is required",
      small({ a: query(text, { params: withParam(nullable(text)) }) }),
      [`E111 ${at}/a/params/0`],
    ],
    [
      "a plain list that is required and may be empty",
      small({ a: query(text, { params: withParam(listOf(text)) }) }),
      [`E111 ${at}/a/params/0`],
    ],
    [
      "a plain list with at least one",
      small({ a: query(text, { params: withParam({ ...listOf(text), minItems: 1 }) }) }),
      [],
    ],
    [
      "the same as json",
      small({ a: query(text, { params: withParam(ref("User"), { encoding: "json" }) }) }),
      [],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });
});
