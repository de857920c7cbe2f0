import { describe, expect, it } from "vitest";
import type { Module, Statement } from "./code.js";
import { printModule, type ModuleContext } from "./module.js";
import { PrintedModules } from "./printed-modules.js";

const alias = (name: string, reference: string, from?: string): Statement => ({
  ...{ kind: "alias", name, exported: true, style: { position: "out", readonly: false } },
  type: { kind: "generic", name: { name: reference, from, typeOnly: true }, arguments: [] },
});

const context: ModuleContext = { options: { importExtension: "none" }, header: "// one\n\n" };
const module = (...statements: Statement[]): Module => ({ path: "a", statements });

describe("what was printed before", () => {
  it("is the very same file for a module of the same statements", () => {
    const printed = new PrintedModules();
    const first = printModule(module(alias("A", "B", "b")), context, printed);
    expect(printModule(module(alias("A", "B", "b")), context, printed)).toBe(first);
    expect(printModule(module(alias("A", "C", "b")), context, printed)).not.toBe(first);
  });

  it.each<[string, Module, Partial<ModuleContext>]>([
    ["another header", module(alias("A", "B", "b")), { header: "// two\n\n" }],
    [
      "another extension of imports",
      module(alias("A", "B", "b")),
      { options: { importExtension: "js" } },
    ],
    ["a statement more", module(alias("A", "B", "b"), alias("C", "A")), {}],
    ["a statement less", module(), {}],
    ["statements in another order", module(alias("C", "A"), alias("A", "B", "b")), {}],
    // `B` is imported under another name then, also in the statement that is as it was.
    ["a name that another statement takes", module(alias("A", "B", "b"), alias("B", "A")), {}],
  ])("gives with %s what a print from nothing gives", (_what, next, change) => {
    const printed = new PrintedModules();
    printModule(module(alias("A", "B", "b"), alias("D", "A")), context, printed);
    const again = { ...context, ...change };
    expect(printModule(next, again, printed)).toEqual(printModule(next, again));
  });

  it("is printed again when a type has come into a cycle", () => {
    const record: Statement = {
      ...{ kind: "alias", name: "A", exported: true, style: { position: "out", readonly: false } },
      type: {
        ...{ kind: "record", keys: { kind: "string" }, partial: false },
        value: { kind: "reference", name: "B" },
      },
    };
    const printed = new PrintedModules();
    const before = printModule(module(record), { ...context, isRecursive: () => false }, printed);
    const inCycle = { ...context, isRecursive: () => true };
    const after = printModule(module(record), inCycle, printed);
    expect(after.text).not.toBe(before.text);
    expect(after).toEqual(printModule(module(record), inCycle));
  });

  it("is forgotten with the module", () => {
    const printed = new PrintedModules();
    printModule(module(), context, printed);
    printed.keep(["b"]);
    expect(printed.get("a")).toBeUndefined();
  });
});
