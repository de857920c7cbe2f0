import { describe, expect, it } from "vitest";
import type { ContextPlan } from "../registry/contract.js";
import { planParam } from "../schema/param-plan.js";
import { invalidateHeader } from "./invalidate-header.js";
import type { Target } from "./targets.js";

const context = (name: string): ContextPlan => ({
  name,
  path: `/ctx/${name}/`,
  declaration: { cache: { scope: "none" } },
  queries: [],
  params: new Map([["q", planParam("q", { type: "string" }, true, new Map())]]),
  scopes: [[]],
});

const target = (name: string, q?: string): Target => ({
  context: context(name),
  params: q === undefined ? {} : { q },
  viewers: "all",
  merge: null,
});

describe("X-Mizan-Invalidate (protocol 3.5)", () => {
  it("is a list of RFC 9651: tokens with p and rev", () => {
    const all: Target = { context: "*", params: {}, viewers: "all", merge: null };
    expect(invalidateHeader([target("user", "7"), target("orders"), all], 42)).toBe(
      'user;p="q=7";rev=42, orders;rev=42, *;rev=42',
    );
  });

  it("is not there when nothing has changed", () => expect(invalidateHeader([], 1)).toBeNull());

  it("cannot be broken out of", () => {
    const value = invalidateHeader([target("user", 'a"\r\nX-Evil: 1;é')], 1);
    expect(value).toBe('user;p="q=a%22%0D%0AX-Evil%3A%201%3B%C3%A9";rev=1');
  });

  it("names whole contexts when it would be too long, and in the end everything", () => {
    const long = Array.from({ length: 5 }, (_, index) => target("user", "x".repeat(1000) + index));
    expect(invalidateHeader(long, 1)).toBe("user;rev=1");
    const many = Array.from({ length: 600 }, (_, index) => target(`context${index}`));
    expect(invalidateHeader(many, 1)).toBe("*;rev=1");
  });
});
