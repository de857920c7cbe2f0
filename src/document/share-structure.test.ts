import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "./document.js";
import { shareStructure, type Container } from "./share-structure.js";

const none = new Map<Container, string>();

function share(before: unknown, after: unknown): unknown {
  return shareStructure(
    { value: before as JsonValue, inexact: none },
    { value: after as JsonValue, inexact: none },
  );
}

const copy = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;
const json = fc.jsonValue({ maxDepth: 5 }).map((value) => copy(value as JsonValue));

describe("shareStructure", () => {
  it("gives the value before for one that says the same, of any kind", () => {
    fc.assert(
      fc.property(json, (before) => {
        expect(share(before, copy(before))).toBe(before);
      }),
    );
  });

  it("says what the value after says, whatever was before, and changes neither", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const [textBefore, textAfter] = [JSON.stringify(before), JSON.stringify(after)];
        expect(JSON.stringify(share(before, after))).toBe(textAfter);
        expect(JSON.stringify([before, after])).toBe(`[${textBefore},${textAfter}]`);
      }),
    );
  });

  it("keeps what stands beside a change, in objects and arrays", () => {
    const before = { a: [{ x: 1 }, { y: [] }], b: { c: {} } };
    const shared = share(before, { a: [{ x: 2 }, { y: [] }, 3], b: { c: {} } }) as typeof before;
    expect(shared).toEqual({ a: [{ x: 2 }, { y: [] }, 3], b: { c: {} } });
    expect(shared.a[1]).toBe(before.a[1]);
    expect(shared.b).toBe(before.b);
  });

  it.each([
    ["the order of members", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["a member less", { a: 1, b: 2 }, { a: 1 }],
    ["a member more", { a: 1 }, { a: 1, b: 2 }],
    ["an item less", [1, 2], [1]],
    ["an item more", [1], [1, 2]],
    ["an array for an object", {}, []],
    ["an object for an array", [1], { 0: 1 }],
    ["0 for -0", [-0], [0]],
    ["null for nothing", {}, { a: null }],
    ["what only a prototype has", { a: 1 }, { toString: 1 }],
    ["a value of another type", { a: 1 }, { a: "1" }],
  ])("sees %s", (_name, before, after) => {
    expect(share(before, after)).toBe(after);
  });

  it("takes __proto__ for a member like any other", () => {
    const parse = (text: string): Record<string, unknown> =>
      JSON.parse(text) as Record<string, unknown>;
    const before = parse('{"__proto__": {"a": []}, "b": 1}');
    expect(share(before, parse('{"__proto__": {"a": []}, "b": 1}'))).toBe(before);
    const shared = share(before, parse('{"__proto__": {"a": []}, "b": 2}')) as object;
    expect(Object.entries(shared)).toEqual([
      ["__proto__", { a: [] }],
      ["b", 2],
    ]);
    expect(Object.getPrototypeOf(shared)).toBe(Object.prototype);
    expect(Object.entries(shared)[0]?.[1]).toBe(Object.entries(before)[0]?.[1]);
  });

  it("tells containers apart whose numbers are written in other digits, and keeps what is in them", () => {
    const before = { n: 1, inner: {} };
    const after = { n: 1, inner: {} };
    const shareWritten = (textBefore: string, textAfter: string): JsonValue =>
      shareStructure(
        { value: before, inexact: new Map([[before, textBefore]]) },
        { value: after, inexact: new Map([[after, textAfter]]) },
      );
    expect(shareWritten("n\n1.00\n", "n\n1.00\n")).toBe(before);
    const shared = shareWritten("n\n1.00\n", "n\n1.000\n") as typeof before;
    expect(shared).not.toBe(before);
    expect(shared.inner).toBe(before.inner);
  });
});
