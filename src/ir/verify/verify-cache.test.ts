import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../document/document.js";
import { findingsOf } from "../test/findings.js";
import { query, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const text = { type: "string" };

type Row = readonly [string, JsonObject, readonly string[]];

describe("caches: E130 and E131", () => {
  const cached = (cache: JsonObject, auth: JsonObject = { mode: "none" }) =>
    small(
      { a: query(text, { params: [], auth }) },
      {
        contexts: { user: { path: "/ctx/user/", functions: ["a"], params: [], cache } },
      },
    );
  const scope = "#/x-mizan/contexts/user/cache";
  const rows: readonly Row[] = [
    [
      "a public answer that asks who is calling",
      cached({ scope: "public" }, { mode: "required" }),
      [`E130 ${scope}/scope`],
    ],
    [
      "one that may ask",
      cached({ scope: "public" }, { mode: "optional" }),
      [`E130 ${scope}/scope`],
    ],
    ["one for everybody", cached({ scope: "public", ttl: 60, vary: ["Accept-Language"] }), []],
    ["a private one", cached({ scope: "private" }, { mode: "required" }), []],
    [
      "varying by cookies",
      cached({ scope: "private", vary: ["Accept-Language", "Cookie"] }),
      [`E131 ${scope}/vary/1`],
    ],
    ["a scope that does not exist", cached({ scope: "shared" }), [`E103 ${scope}/scope`]],
    ["a tag in capitals", cached({ scope: "none", tags: ["Users"] }), [`E103 ${scope}/tags/0`]],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });

  it("M12: a function that does not say who may call it is never public", async () => {
    const contexts = { user: { cache: { scope: "public" } } };
    const { auth: _, ...silent } = query(text, { params: [] });
    expect(await findingsOf(small({ a: silent }, { contexts }))).toEqual([
      `E130 ${scope}/scope`,
      `W301 ${at}/a (key)`,
    ]);
  });
});
