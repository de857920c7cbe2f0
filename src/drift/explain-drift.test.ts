import { describe, expect, it } from "vitest";
import type { Manifest } from "../output/manifest.js";
import type { Change } from "../output/plan-changes.js";
import { explainDrift } from "./explain-drift.js";

const now = { generator: "1.0.0", input: "a", options: "b" };
const before: Manifest = { ...now, references: [], warnings: 0, files: new Map() };

const update = (path: string, old: string, text: string): Change => ({
  ...{ kind: "update", path, text, before: Buffer.from(old) },
});

describe("why files are not in step", () => {
  it.each<[string, Change, string[]]>([
    [
      "a type",
      update("types.ts", "type A = { a: 1 };", "type A = { a?: 1 };"),
      ["A.a is now optional"],
    ],
    [
      "line ends and layout alone",
      update("types.ts", "type A = {\r\n a: 1 };", "type A = { a: 1; };"),
      ["first differs in line 1"],
    ],
    [
      "a text that is no TypeScript",
      update("kernel/README.md", "a\nb\n", "a\nc\n"),
      ["first differs in line 2"],
    ],
    [
      "a merge that was not finished",
      update("types.ts", "<<<<<<< mine\ntype A = 1;\n=======\n>>>>>>> theirs\n", "type A = 1;"),
      ["has conflict markers"],
    ],
    [
      "a text that does not parse",
      update("types.ts", "type A = {", "type A = 1;"),
      ["does not parse"],
    ],
    [
      "names that would write to the terminal",
      update(
        "types.ts",
        "type A = 1;",
        'type A = { "\\u001b[31m": 1 };\ntype B = { "\u001b[2J": 1 };',
      ),
      ["A changed", "B added"],
    ],
  ])("%s", async (_what, change, expected) => {
    const { details } = await explainDrift([change], before, now);
    expect(details.get(change.path)).toEqual(expected);
  });

  it("says nothing of what the kind of the change says", async () => {
    const changes: Change[] = [
      { kind: "create", path: "a.ts", text: "export {};" },
      { kind: "delete", path: "b.ts", before: Buffer.from("export {};") },
      { kind: "unchanged", path: "c.ts" },
    ];
    const { details } = await explainDrift(changes, before, now);
    expect([...details]).toEqual([]);
  });

  it.each<[string, Manifest | null, string[]]>([
    ["nothing but the files", before, []],
    ["another document", { ...before, input: "z" }, ["the document has changed"]],
    ["other options", { ...before, options: "z" }, ["the options or templates are others"]],
    [
      "another generator",
      { ...before, generator: "0.9.0" },
      ['the files are of mizan-gen "0.9.0", this is "1.0.0"'],
    ],
    ["no manifest", null, ["there is no manifest of an earlier run"]],
  ])("names the cause: %s", async (_what, manifest, causes) => {
    expect((await explainDrift([], manifest, now)).causes).toEqual(causes);
  });

  it("sums up the contract: what is new and gone by its name on the wire, what changed, and types", async () => {
    const client = (contexts: string, mutations: string): string =>
      `export type MizanContexts = { ${contexts} };\nexport type MizanMutations = { ${mutations} };`;
    const changes: Change[] = [
      update(
        "client.ts",
        client("user: typeof userContext;", "old_fn: typeof oldFn;"),
        client('user: typeof userContext; "a-b": typeof abContext;', "new_fn: typeof newFn;"),
      ),
      update("types.ts", "type A = { a: 1 };\ntype B = 1;", "type A = { a: 2 };\ntype C = 1;"),
      update("contexts/user.ts", "export const a = 1;", "export const a = 2;"),
      update("mutations/rename.ts", "export const a = 1;", "export const a = 2;"),
      { kind: "hand-edited", path: "mutations/mine.ts", text: "", before: Buffer.from("//") },
    ];
    expect((await explainDrift(changes, { ...before, input: "z" }, now)).contract).toEqual({
      added: ["context a-b", "new_fn"],
      removed: ["old_fn"],
      changed: ["context user", "rename"],
      types: ["B", "A", "C"],
    });
    // The same document: somebody has edited the files, and the contract is what it was.
    expect((await explainDrift(changes, before, now)).contract).toBeNull();
  });
});
