import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/json-value.js";
import type { ContextPlan } from "../registry/contract.js";
import { planParam } from "../schema/param-plan.js";
import { memoryRevisions } from "./memory-revisions.js";
import { bumpKeys, checkKeys, entryKeys } from "./stamp-keys.js";

/** A context of `a`, `b`, `c` that is invalidated by `a`, by `b`, and by both. */
const context: ContextPlan = {
  name: "c",
  path: "/ctx/c/",
  declaration: { cache: { scope: "private", ttl: 1 } },
  queries: [],
  params: new Map(
    ["a", "b", "c"].map((name) => [name, planParam(name, { type: "integer" }, true, new Map())]),
  ),
  scopes: [["a"], ["b"], ["a", "b"]],
};

const entry = { a: 1, b: 2, c: 3 };

async function moves(target: JsonObject | "*", viewer: string | null = null): Promise<boolean> {
  const revisions = memoryRevisions({ now: () => 0 });
  const before = await revisions.read(entryKeys(context, entry, "u:1"));
  const set = bumpKeys(
    target === "*" ? { context: "*", params: {}, viewer } : { context, params: target, viewer },
  );
  await revisions.bump({ set, checks: [], since: 0 });
  return (await revisions.read(entryKeys(context, entry, "u:1"))) > before;
}

describe("an entry is moved by what reaches it, and by nothing else", () => {
  it.each<[string, JsonObject | "*", boolean]>([
    ["everything", "*", true],
    ["its whole context", {}, true],
    ["one of its params", { a: 1 }, true],
    ["another value", { a: 9 }, false],
    ["both params", { a: 1, b: 2 }, true],
    ["one right, one wrong", { a: 1, b: 9 }, false],
    ["a param that is no scope: the whole context", { c: 9 }, true],
    ["a scope and a param that is none: the scope", { a: 1, c: 9 }, true],
  ])("%s", async (_what, target, moved) => {
    expect(await moves(target)).toBe(moved);
  });

  it("viewers: self reaches the entries of that viewer only", async () => {
    expect(await moves({ a: 1 }, "u:1")).toBe(true);
    expect(await moves({ a: 1 }, "u:2")).toBe(false);
  });
});

describe("a merge conflicts with every other bump of values that it may hold (S2)", () => {
  it.each<[string, JsonObject | "*", JsonObject, boolean]>([
    ["the same scope", { a: 1 }, { a: 1 }, true],
    ["another value", { a: 9 }, { a: 1 }, false],
    ["a coarser bump", {}, { a: 1 }, true],
    ["everything", "*", { a: 1 }, true],
    ["a finer bump", { a: 1, b: 5 }, { a: 1 }, true],
    ["a finer bump of another value", { a: 9, b: 5 }, { a: 1 }, false],
    ["a bump across", { b: 2 }, { a: 1 }, true],
    ["a finer bump below the whole context", { a: 9 }, {}, true],
  ])("%s", async (_what, bumped, merged, conflict) => {
    const revisions = memoryRevisions({ now: () => 0 });
    const since = await revisions.sequence();
    const target =
      bumped === "*"
        ? ({ context: "*", params: {}, viewer: null } as const)
        : { context, params: bumped, viewer: null };
    await revisions.bump({ set: bumpKeys(target), checks: [], since });
    const checks = [checkKeys(context, merged, "u:1")];
    expect((await revisions.bump({ set: [], checks, since })).conflicts).toEqual([conflict]);
  });
});
