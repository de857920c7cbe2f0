import { describe, expect, it } from "vitest";
import { isSameValue } from "./same-value.js";

describe("isSameValue", () => {
  const shared = new Map();
  it.each([
    [{ a: [1, { b: "c" }] }, { a: [1, { b: "c" }] }],
    [[], []],
    [{ of: shared }, { of: shared }],
    [null, null],
    [{ a: undefined }, { a: undefined }],
  ])("%j is %j", (a, b) => {
    expect(isSameValue(a, b)).toBe(true);
  });

  it.each([
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: undefined }, {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [[1], [1, 2]],
    [[1], { 0: 1 }],
    [{}, []],
    [null, {}],
    ["1", 1],
    // What they hold cannot be seen.
    [new Map(), new Map()],
    [new (class A {})(), new (class A {})()],
  ])("%j is not %j", (a, b) => {
    expect(isSameValue(a, b)).toBe(false);
  });
});
