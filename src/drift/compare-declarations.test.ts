import { describe, expect, it } from "vitest";
import { compareDeclarations } from "./compare-declarations.js";
import { readDeclarations } from "./read-declarations.js";

async function compare(before: string, after: string): Promise<string[]> {
  const [a, b] = await Promise.all([
    readDeclarations("a.ts", before),
    readDeclarations("a.ts", after),
  ]);
  if (a === null || b === null) throw new Error("does not parse");
  return compareDeclarations(a, b);
}

describe("declarations of two texts", () => {
  it.each<[string, string, string, string[]]>([
    ["nothing", "type A = { a: 1 };", "type A = {\n  a: 1;\n};", []],
    ["a member that is new", "type A = { a: 1 };", "type A = { a: 1; b: 2 };", ["A.b added"]],
    ["a member that is gone", "type A = { a: 1; b: 2 };", "type A = { a: 1 };", ["A.b removed"]],
    [
      "a member that became optional, which is one change however it is spelled",
      "type A = { a: string };",
      "type A = { a?: string | undefined };",
      ["A.a is now optional"],
    ],
    [
      "a member of another type",
      "type A = { a: string };",
      "type A = { a: number | null };",
      ["A.a is number | null, was string"],
    ],
    [
      "a member deep inside",
      'type A = { a: { "b-c": { d: 1 } } };',
      'type A = { a: { "b-c": { d?: 1 } } };',
      ["A.a.b-c.d is now optional"],
    ],
    [
      "a type too long to be shown",
      "type A = { a: string };",
      `type A = { a: ${'"x" | '.repeat(20)}"y" };`,
      ["A.a has another type"],
    ],
    [
      "types that are new and gone, those first that are gone",
      "export type A = 1;\nexport type B = 1;",
      "export type B = 1;\nexport type C = 1;",
      ["A removed", "C added"],
    ],
    [
      "a value and a function",
      "export const a: X = b({ c: 1 });\nexport function f(): void { g(); }",
      "export const a: X = b({ c: 2 });\nexport function f(): void { h(); }",
      ["a changed", "f changed"],
    ],
    [
      "words alone",
      "/** One. */\nexport type A = {\n  /** @default 1 */\n  a: 1 };\nexport type B = 1;",
      "/** Two. */\nexport type A = {\n  /** @default 2 */\n  a: 1 };\nexport type B = 1;",
      ["the comment of A.a changed"],
    ],
    [
      "words of a type that is no object",
      "/** One. */\nexport type A = 1;",
      "/** Two. */\nexport type A = 1;",
      ["the comment of A changed"],
    ],
    [
      "names that are passed on",
      'export type { A } from "./a";\nexport * from "./b";',
      'export type { B } from "./a";\nexport * from "./c";',
      ["A removed", 'export of "./b" removed', "B added", 'export of "./c" added'],
    ],
    [
      "an import, which follows from the rest",
      'import { a } from "./a";\nexport const b = 1;',
      "export const b = 1;",
      [],
    ],
    [
      "a mapped type and an index",
      "type A = { [K in B]: 1 };\ntype C = { [key: string]: 1 };",
      "type A = { [K in B]: 2 };\ntype C = { [key: string]: 2 };",
      ["A changed", "C.[key: string]: 1 removed", "C.[key: string]: 2 added"],
    ],
  ])("%s", async (_what, before, after, expected) => {
    expect(await compare(before, after)).toEqual(expected);
  });

  it("a text that does not parse has none", async () => {
    expect(await readDeclarations("a.ts", "<<<<<<< mine")).toBeNull();
  });
});
