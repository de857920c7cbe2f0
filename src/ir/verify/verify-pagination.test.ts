import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { findingsOf } from "../test/findings.js";
import { nullable, param, query, ref, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const text = { type: "string" };

type Row = readonly [string, JsonObject, readonly string[]];

describe("pagination: E140 and W140", () => {
  const page = { style: "cursor", params: { cursor: "cursor" }, items: ["items"], next: ["next"] };
  const paged = (pagination: JsonValue, more: JsonObject = {}) =>
    query(ref("Page"), {
      params: [param("cursor", nullable(text), { required: false })],
      pagination,
      ...more,
    });
  const rows: readonly Row[] = [
    ["all there", small({ a: paged(page) }), []],
    [
      "a param that is not there",
      small({ a: paged({ ...page, params: { cursor: "after" } }) }),
      [`E140 ${at}/a/pagination/params/cursor`],
    ],
    [
      "a path that is not there",
      small({ a: paged({ ...page, next: ["next_cursor"] }) }),
      [`E140 ${at}/a/pagination/next`],
    ],
    [
      "a role that does not exist",
      small({ a: paged({ ...page, params: { after: "cursor" } }) }),
      [`E103 ${at}/a/pagination/params/after (key)`],
    ],
    [
      "no style",
      small({ a: paged({ params: { cursor: "cursor" } }) }),
      [`E103 ${at}/a/pagination`],
    ],
    [
      "another function beside it",
      small({ a: paged(page), b: query(text) }),
      [`W140 ${at}/a/pagination`],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });
});
