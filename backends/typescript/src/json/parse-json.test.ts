import { describe, expect, it } from "vitest";
import { parseJson } from "./parse-json.js";

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("JSON from outside", () => {
  it.each([
    ["text that is no JSON", "{nope", /not JSON/],
    ["NaN", '{"n":NaN}', /not JSON/],
    ["a number beyond all doubles", "1e999", /too large/],
    ["a lone surrogate in a value", '["\\ud800"]', /lone surrogate/],
    ["a lone surrogate in a name", '{"\\udfff":1}', /lone surrogate/],
    ["33 levels", nested(33), /deeper than 32/],
    ["100 000 levels", nested(100_000), /deeper than 32|not JSON/],
    ["__proto__ at any depth", '{"a":[{"__proto__":{"admin":true}}]}', /__proto__/],
  ])("%s is refused", (_what, text, message) => {
    expect(() => parseJson(text)).toThrow(message);
  });

  it("32 levels, pairs of surrogates and names such as constructor are JSON like any other", () => {
    expect(parseJson(nested(32))).toEqual(JSON.parse(nested(32)));
    expect(parseJson('{"constructor":"\\ud83d\\ude00"}')).toEqual({ constructor: "😀" });
  });
});
