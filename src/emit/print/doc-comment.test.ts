import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Docs } from "../../ir/docs.js";
import { docs as anyDocs, hostileTexts } from "../test/arbitrary-types.js";
import { codeSpan, docComment, safeLine, safeText } from "./doc-comment.js";
import { render } from "./layout.js";

function print(docs: Docs, facts: readonly string[] = []): string | null {
  const doc = docComment(docs, 0, facts);
  return doc === null ? null : render(doc);
}

/** The names of the tags that TypeScript sees on the one statement of a file. */
function liveTags(comment: string): string[] {
  const source = ts.createSourceFile(
    "x.ts",
    `${comment}\nexport const x = 1;\n`,
    ts.ScriptTarget.ES2022,
    true,
  );
  expect(source.statements).toHaveLength(1);
  const [statement] = source.statements;
  return statement === undefined ? [] : ts.getJSDocTags(statement).map((tag) => tag.tagName.text);
}

describe("a doc comment", () => {
  it("is left out when there is nothing to say", () => {
    expect(print({})).toBeNull();
    expect(print({ summary: " \n ", description: "" })).toBeNull();
  });

  it("stands on one line when it has one, and else has a star on each", () => {
    expect(print({ summary: "Renames a user." })).toBe("/** Renames a user. */");
    expect(print({ summary: "Renames a user.", description: "At once.\r\n\r\nFor all." })).toBe(
      "/**\n * Renames a user.\n *\n * At once.\n *\n * For all.\n */",
    );
  });

  it("does not repeat a summary that is the beginning of the description", () => {
    expect(print({ summary: "A.", description: "A.\nB." })).toBe("/**\n * A.\n * B.\n */");
  });

  it("has facts as sentences, tags in their order, and the one real @deprecated last", () => {
    const tags = [
      { name: "format", text: "date-time" },
      { name: "default", text: "" },
    ];
    expect(print({ tags, deprecated: "since 2.1.0, use orderDetail" }, ["Merges.", "Fails."])).toBe(
      "/**\n * - Merges.\n * - Fails.\n *\n * @format date-time\n * @default\n * @deprecated since 2.1.0, use orderDetail\n */",
    );
    expect(print({ deprecated: true }, ["Merges."])).toBe(
      "/**\n * Merges.\n *\n * @deprecated\n */",
    );
  });

  it("wraps prose between words where Markdown means the same, and leaves tables and code alone", () => {
    const words = "word ".repeat(30).trim();
    const wrapped = print({ summary: words })?.split("\n") ?? [];
    expect(wrapped.length).toBe(4);
    expect(wrapped.every((line) => line.length <= 100)).toBe(true);
    const list = `${"w".repeat(95)} - item ${"w".repeat(95)} 1. item`;
    expect(print({ summary: list })).toContain(` ${"w".repeat(95)} 1.\n * item\n`);
    const table = `| ${"cell | ".repeat(20)}`.trim();
    expect(print({ summary: table })).toContain(table);
  });

  it("cannot be ended, and no tag of a text is live", () => {
    expect(safeText("a */ b **/ c *\\/ d")).toBe("a *\\/ b **\\/ c *\\/ d");
    expect(safeText("@deprecated x\n  @internal see @foo, a@b.c, {@link x}, `@click`")).toBe(
      "\\@deprecated x\n  \\@internal see \\@foo, a@b.c, {\\@link x}, `@click`",
    );
    expect(safeText("#__PURE__ /* @__NO_SIDE_EFFECTS__ x@license */")).not.toMatch(
      /(?<!\\)[@#](__|license)/,
    );
  });

  it("shows no control character, no mark that reorders text, no lone surrogate", () => {
    expect(safeText("a\u0000b\u0085c\u2028d\u202ee\u2066f\ufeffg\ud800h\ti\rj\r\nk")).toBe(
      "a b c d e f g\ufffdh i j\nk",
    );
  });

  it("quotes names as code that they cannot leave", () => {
    expect(codeSpan("a`b\n*/")).toBe("`a'b *\\/`");
    expect(safeLine(" a \n\t b ")).toBe("a b");
  });

  it("holds no tag but the declared ones, whatever the texts say", () => {
    fc.assert(
      fc.property(anyDocs, (docs) => {
        const comment = print(docs);
        const wanted = [
          ...(docs.tags ?? []).map((tag) => tag.name),
          ...(docs.deprecated === undefined ? [] : ["deprecated"]),
        ];
        expect(comment === null ? [] : liveTags(comment)).toEqual(comment === null ? [] : wanted);
      }),
      { numRuns: 2000 },
    );
    for (const text of hostileTexts) {
      const comment = print({ summary: text, description: `${text}\n${text}`, deprecated: true });
      expect(liveTags(comment ?? "")).toEqual(["deprecated"]);
    }
  });

  it("is cut where nobody would read on, whatever the size of the text", () => {
    for (const text of [
      "*/".repeat(2_500_000),
      "@a ".repeat(2_000_000),
      "\u2028".repeat(5_000_000),
    ]) {
      const comment = print({
        summary: text,
        description: text,
        tags: [{ name: "example", text }],
      });
      expect(comment?.length ?? 0).toBeLessThan(70_000);
      expect(comment).not.toMatch(/\*\/[^]*\*\//);
    }
  });
});
