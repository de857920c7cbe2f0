import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { ts as whole } from "ts-morph";
import typescript from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { hostileTexts } from "../pipeline/mutate.js";

// What the build takes out of ts-morph's compiler (scripts/trim-compiler.mjs), against that compiler as it is.

const root = resolve(import.meta.dirname, "../..");
/** A fixed seed, so that each run looks at the same texts. MIZAN_FUZZ_SEED tries others. */
const seed = Number(process.env["MIZAN_FUZZ_SEED"] ?? 1);

type Compiler = Pick<
  typeof whole,
  "createSourceFile" | "flattenDiagnosticMessageText" | "ScriptTarget" | "JSDocParsingMode"
>;
let trimmed: Compiler;

beforeAll(async () => {
  const module = (await import(pathToFileURL(join(root, "dist/vendor/parser.js")).href)) as {
    readonly ts: Compiler;
  };
  trimmed = module.ts;
});

interface Reading {
  /** Place, code and words of everything that is wrong. */
  readonly faults: readonly string[];
  /** Kind and place of every node. */
  readonly tree: string;
}

function read(compiler: Compiler, name: string, text: string): Reading {
  const file = compiler.createSourceFile(name, text, {
    languageVersion: compiler.ScriptTarget.ES2022,
    jsDocParsingMode: compiler.JSDocParsingMode.ParseNone,
  }) as whole.SourceFile & { readonly parseDiagnostics: readonly whole.Diagnostic[] };
  const tree: number[] = [];
  const visit = (node: whole.Node): void => {
    tree.push(node.kind, node.pos, node.end, node.flags);
    whole.forEachChild(node, visit);
  };
  visit(file);
  return {
    faults: file.parseDiagnostics.map(
      ({ start, length, code, messageText }) =>
        `${start}+${length} ${code} ${compiler.flattenDiagnosticMessageText(messageText, "\n")}`,
    ),
    tree: tree.join(),
  };
}

const both = (name: string, text: string): [Reading, Reading] => [
  read(trimmed, name, text),
  read(whole, name, text),
];

function sourcesBelow(folder: string): { name: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("node_modules"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), "utf8") }));
}

/** Pieces of which texts are made that the grammar decides about in many ways. */
const pieces = [
  ..."{}[]()<>,;:=.?!|&*+-/`'\"#@\\\n \u2028\u0000",
  "=>",
  "?.",
  "...",
  "${",
  "/*",
  "*/",
  "//",
  "</",
  "/>",
  "<<<<<<<",
  "\\u0061",
  "\\u{110000}",
  "1_000",
  "0b2",
  "08",
  "1n",
  "1e",
  "/a[/]b/v",
  "/(?<n>.)\\k<m>/u",
  "a",
  "ñ",
  "😀",
  "#!",
  "using",
  "await",
  "async",
  "abstract",
  "accessor",
  "as",
  "asserts",
  "class",
  "const",
  "declare",
  "default",
  "enum",
  "export",
  "extends",
  "function",
  "get",
  "import",
  "infer",
  "interface",
  "is",
  "keyof",
  "let",
  "new",
  "readonly",
  "return",
  "satisfies",
  "static",
  "type",
  "typeof",
  "unique symbol",
  "with",
  "yield",
];

const snapshots = sourcesBelow("snapshots");

describe("the parser that the package brings", () => {
  it("reads every snapshot and every source of ours as the whole compiler does, and finds nothing wrong", () => {
    const sources = [...snapshots, ...sourcesBelow("src"), ...sourcesBelow("test")];
    expect(snapshots.length).toBeGreaterThan(300);
    for (const { name, text } of sources) {
      const [ours, theirs] = both(name, text);
      expect(ours.faults, name).toEqual([]);
      expect(ours.tree === theirs.tree, name).toBe(true);
    }
  });

  it("refuses what is no TypeScript at the same places and with the same words: clients with random wounds", () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.nat(30),
        fc.constantFrom(...pieces, ...hostileTexts),
        (file, at, length, piece) => {
          const { name, text } = snapshots[file % snapshots.length]!;
          const start = at % text.length;
          const wounded = text.slice(0, start) + piece + text.slice(start + length);
          const [ours, theirs] = both(name, wounded);
          expect(ours).toEqual(theirs);
          if (ours.faults.length > 0) refused++;
          // TypeScript as it is published agrees on what parses.
          expect(read(typescript as unknown as Compiler, name, wounded).faults.length > 0).toBe(
            ours.faults.length > 0,
          );
        },
      ),
      { seed, numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  it("agrees with the whole compiler about random rows of tokens, as TypeScript and as TSX", () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom("a.ts", "a.tsx"),
        fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 24 }),
        fc.constantFrom("", " "),
        (name, tokens, between) => {
          const [ours, theirs] = both(name, tokens.join(between));
          expect(ours).toEqual(theirs);
          if (ours.faults.length > 0) refused++;
        },
      ),
      { seed, numRuns: 5000 },
    );
    expect(refused).toBeGreaterThan(2500);
  });
});
