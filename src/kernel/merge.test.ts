import { describe, expect, it } from "vitest";
import { mergeSlot, unmergeable, type MergeItem } from "./merge.js";
import { mergeParts } from "./merge-parts.js";

const merge = (slot: unknown, item: Partial<MergeItem>): unknown =>
  mergeSlot(slot, { context: "user", slot: "s", value: null, apply: mergeParts, ...item });

const a = { id: 1, name: "a" };
const b = { id: 2, name: "b" };

describe("H14: modes of a merge", () => {
  it.each<[string, unknown, Partial<MergeItem>, unknown]>([
    ["replace", a, { value: b }, b],
    ["replace of null", null, { value: b }, b],
    ["replace by null", a, { value: null }, null],
    ["replace of null by a list", null, { value: [b] }, [b]],
    ["replace of a text by null", "a", { value: null }, null],
    [
      "update of what is not there, with a place",
      [a],
      { mode: "update", at: "end", value: b },
      unmergeable,
    ],
    [
      "a mode of a later protocol on an item that is there",
      [a],
      { mode: "teleport" as never, value: a },
      unmergeable,
    ],
    ["replace of a list", [a], { value: [b] }, [b]],
    ["replace of an object by a list", a, { value: [b] }, unmergeable],
    ["replace of a text by a number", "a", { value: 1 }, unmergeable],
    [
      "patch",
      { ...a, x: { y: 1, z: 1 } },
      { mode: "patch", value: { x: { y: 2, z: null }, name: null } },
      { id: 1, x: { y: 2 } },
    ],
    ["patch of null", null, { mode: "patch", value: {} }, unmergeable],
    ["patch of a list", [a], { mode: "patch", value: {} }, unmergeable],
    ["update", [a, b], { mode: "update", value: { id: 2, name: "c" } }, [a, { id: 2, name: "c" }]],
    [
      "update whose key is a text",
      [a, b],
      { mode: "update", value: { id: "2", name: "c" } },
      [a, { id: "2", name: "c" }],
    ],
    ["update of what is not there", [a], { mode: "update", value: b }, unmergeable],
    [
      "update in a page",
      { items: [a], next: 1 },
      { mode: "update", value: { id: 1 } },
      { items: [{ id: 1 }], next: 1 },
    ],
    ["update in what is no list", { rows: [a] }, { mode: "update", value: a }, unmergeable],
    ["upsert of what is there", [a], { mode: "upsert", value: { id: 1 } }, [{ id: 1 }]],
    ["upsert at the start", [a], { mode: "upsert", at: "start", value: b }, [b, a]],
    ["upsert at the end", [a], { mode: "upsert", at: "end", value: b }, [a, b]],
    ["upsert without a place", [a], { mode: "upsert", value: b }, unmergeable],
    ["remove", [a, b], { mode: "remove", value: { id: 1 } }, [b]],
    ["remove of what is not there", [a], { mode: "remove", value: b }, [a]],
    [
      "two members as key",
      [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ],
      { mode: "remove", key: ["x", "y"], value: { x: 1, y: 2 } },
      [{ x: 1, y: 1 }],
    ],
  ])("%s", (_name, slot, item, expected) => {
    expect(merge(slot, item)).toEqual(expected);
  });

  it("items that stay keep their reference, and nothing is written to", () => {
    const list = Object.freeze([Object.freeze(a), Object.freeze(b)]);
    const next = merge(list, { mode: "update", value: { id: 2 } }) as unknown[];
    expect(next[0]).toBe(a);
    expect(list[1]).toBe(b);
  });

  it("a removal that finds nothing keeps the reference", () => {
    const list = [a];
    expect(merge(list, { mode: "remove", value: b })).toBe(list);
  });

  it("a patch cannot reach a prototype", () => {
    const value = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"x":1},"ok":{"__proto__":1}}',
    ) as object;
    const next = merge({}, { mode: "patch", value }) as object;
    expect(next).toEqual({ ok: {} });
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  it("a patch nested 50 000 deep is applied without overflowing the stack", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = { deep };
    expect(() => merge({}, { mode: "patch", value: deep })).not.toThrow();
  });
});
