import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { share } from "./share.js";

describe("structural sharing", () => {
  it("keeps what is equal and shows what is not", () => {
    const before = { a: [{ id: 1 }, { id: 2, tags: ["x"] }], b: { c: 1 } };
    const after = { a: [{ id: 1 }, { id: 2, tags: ["y"] }], b: { c: 1 } };
    const shared = share(before, after) as typeof before;
    expect(shared).toEqual({ a: [{ id: 1 }, { id: 2, tags: ["y"] }], b: { c: 1 } });
    expect(shared).not.toBe(before);
    expect(shared.b).toBe(before.b);
    expect(shared.a[0]).toBe(before.a[0]);
    expect(shared.a[1]).not.toBe(before.a[1]);
  });

  it.each([
    [
      [1, 2],
      [1, 2, 3],
    ],
    [
      [1, 2, 3],
      [1, 2],
    ],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{}, []],
    [[], {}],
    [null, {}],
    [0, false],
    ["1", 1],
    [{ a: undefined }, {}],
  ])("%j is not %j", (before, after) => {
    expect(share(before, after)).toBe(after);
  });

  it("any value equals its copy, and any other is itself", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.jsonValue({ maxDepth: 5 }), (a, b) => {
        expect(share(a, structuredClone(a))).toBe(a);
        expect(share(a, structuredClone(b))).toEqual(b);
      }),
      { numRuns: 1000 },
    );
  });

  it("names such as __proto__ are names", () => {
    const text = '{"__proto__":{"a":[1]},"constructor":1}';
    const before: unknown = JSON.parse(text);
    expect(share(before, JSON.parse(text))).toBe(before);
    const changed = share(before, JSON.parse('{"__proto__":{"a":[2]},"constructor":1}')) as object;
    expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
    expect(JSON.stringify(changed)).toBe('{"__proto__":{"a":[2]},"constructor":1}');
  });

  it("a frozen value is left as it is", () => {
    const before = { a: { b: 1 } };
    const after = Object.freeze({ a: { b: 1 }, c: 1 });
    expect(share(before, after)).toBe(after);
  });

  it("50 000 levels are no danger", () => {
    const text = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const after: unknown = JSON.parse(text);
    expect(share(JSON.parse(text), after)).toBe(after);
  });
});
