import { describe, expect, it } from "vitest";
import { isSameData } from "./same-data.js";

describe("isSameData", () => {
  const shared = new Map();
  it.each([
    [{ a: [1, { b: "c" }] }, { a: [1, { b: "c" }] }],
    [[], []],
    [{ of: shared }, { of: shared }],
    [null, null],
    [{ a: undefined }, { a: undefined }],
  ])("%j is %j", (a, b) => {
    expect(isSameData(a, b)).toBe(true);
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
    expect(isSameData(a, b)).toBe(false);
  });

  it("looks no deeper than it is told to", () => {
    const same = {};
    expect(isSameData({ a: [same] }, { a: [same] }, 2)).toBe(true);
    expect(isSameData({ a: [same] }, { a: [{}] }, 3)).toBe(true);
    expect(isSameData({ a: [same] }, { a: [{}] }, 2)).toBe(false);
  });

  it("tells numbers apart that JSON does", () => {
    expect(isSameData([-0], [0])).toBe(false);
  });
});
