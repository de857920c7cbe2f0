import { describe, expect, it } from "vitest";
import type { Module } from "../print/code.js";
import { areAlike, draft } from "./draft.js";

const one = (..._: unknown[]): Module => ({ path: "a", statements: [] });
const other = (..._: unknown[]): Module => ({ path: "a", statements: [] });
/** An object of the model, new each time. */
const deep = (): object => ({ a: { b: { c: { d: 1 } } } });

describe("two drafts", () => {
  const part = deep();

  it("are alike when they are of the very same objects, in lists of their own as well", () => {
    expect(areAlike(draft("a", one, part), draft("a", one, part))).toBe(true);
    const list = (): object[] => [part, { name: "a", file: "b" }];
    expect(areAlike(draft("a", one, list()), draft("a", one, list()))).toBe(true);
  });

  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ["objects of the model that only say the same", [deep()], [deep()]],
    ["a part more", [part], [part, part]],
    ["lists of other lengths", [[part]], [[part, part]]],
    ["lists in another order", [["a", "b"]], [["b", "a"]]],
    ["a list and an object", [["a"]], [{ 0: "a" }]],
    [
      "members in another order, as it shows in what is printed",
      [{ a: 1, b: 2 }],
      [{ b: 2, a: 1 }],
    ],
    [
      "a member that is undefined and one that is not there",
      [{ a: undefined }],
      [{ b: undefined }],
    ],
    ["null and an object", [null], [{}]],
  ])("are not alike with %s", (_what, left, right) => {
    expect(areAlike(draft("a", one, ...left), draft("a", one, ...right))).toBe(false);
  });

  it("are not alike when they are built into modules of two kinds", () => {
    expect(areAlike(draft("a", one, part), draft("a", other, part))).toBe(false);
  });
});
