import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import { renderGithub } from "../diagnostics/render-github.js";
import { renderJson } from "../diagnostics/render-json.js";
import { renderSarif } from "../diagnostics/render-sarif.js";
import { renderText } from "../diagnostics/render-text.js";
import type { Document } from "./document.js";
import { readDocument } from "./read-document.js";

/** Reads, follows every reference, and renders what was found. Codes of the diagnostics. */
async function codesOf(content: string | Uint8Array, name: string): Promise<string[]> {
  const diagnostics = new Diagnostics();
  const document = await readDocument({ kind: "text", content, name }, {}, diagnostics);
  if (document) followAll(document);
  else expect(diagnostics.hasErrors).toBe(true);
  for (const diagnostic of diagnostics.all) {
    expect(diagnostic.message).not.toBe("");
    expect(diagnostic.message).not.toMatch(/\n|undefined|\[object|\bat .*:\d+:\d+/);
  }
  const options = { document };
  renderText(diagnostics.all, options);
  JSON.parse(renderJson(diagnostics.all, options));
  JSON.parse(renderSarif(diagnostics.all, options));
  renderGithub(diagnostics.all, options);
  return diagnostics.all.map((diagnostic) => diagnostic.code);
}

async function survive(content: string | Uint8Array, name: string): Promise<void> {
  await codesOf(content, name);
}

function followAll(document: Document): void {
  const pending: [string, unknown][] = [["#", document.root]];
  for (let seen = 0; seen < 2000; seen++) {
    const next = pending.pop();
    if (!next) return;
    const [pointer, value] = next;
    expect(document.rangeOf(pointer)).toBeDefined();
    expect(document.valueAt(pointer)).toBe(value);
    document.inexactNumberAt(pointer);
    if (typeof value === "string") document.resolve(value, pointer);
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
      pending.push([`${pointer}/${step}`, inner]);
    }
  }
}

const bookshop = readFileSync(
  resolve(import.meta.dirname, "../../fixtures/protocol/bookshop.json"),
);
const yaml = `openapi: 3.1.0
info: &info {title: "x", version: '1'}
components:
  schemas:
    A: &a
      type: object
      properties:
        b: {$ref: "#/components/schemas/B"}
        <<: *info
    B: [*a, |
      text
      , >-
      folded]
    ? C
    : !!str 1
`;

const names = fc.constantFrom("a.json", "a.yaml", "a.txt");
const edits = fc.array(
  fc.record({
    at: fc.nat(),
    remove: fc.nat(6),
    insert: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        "\n",
        "  ",
        "- ",
        "? ",
        ": ",
        "*a",
        "&a",
        "<<",
        "!",
        "|",
        "{",
        "[",
        '"',
        "'",
        "#",
        "\t",
        "---\n",
        "\u0000",
        "\ud800",
        "%",
      ),
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

function edited(
  text: string,
  list: readonly { at: number; remove: number; insert: string }[],
): string {
  return list.reduce((current, { at, remove, insert }) => {
    const start = at % (current.length + 1);
    return current.slice(0, start) + insert + current.slice(start + remove);
  }, text);
}

describe("hostile documents", () => {
  it("survives any bytes", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), names, survive), {
      numRuns: 500,
    });
  });

  it("survives any text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), names, survive),
      { numRuns: 500 },
    );
  });

  it("survives a damaged JSON document", async () => {
    const text = bookshop.toString();
    await fc.assert(
      fc.asyncProperty(edits, names, (list, name) => survive(edited(text, list), name)),
      { numRuns: 60 },
    );
  });

  it("survives a damaged YAML document", async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.constantFrom("a.yaml", "a.txt"), (list, name) =>
        survive(edited(yaml, list), name),
      ),
      { numRuns: 500 },
    );
  });

  it("survives damaged bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bookshop.length - 1), fc.nat(255)), {
          minLength: 1,
          maxLength: 3,
        }),
        names,
        (list, name) => {
          const bytes = Buffer.from(bookshop);
          for (const [at, byte] of list) bytes[at] = byte;
          return survive(bytes, name);
        },
      ),
      { numRuns: 60 },
    );
  });

  const openapi = '"openapi":"3.1.0"';
  it.each<[name: string, content: string, file: string, codes: string[]]>([
    ["20 MB of brackets", "[".repeat(20_000_000), "a.json", ["E007"]],
    ["20 MB of quotes", '"'.repeat(20_000_000), "a.json", ["E004"]],
    [
      "20 MB of backslashes in a text",
      `{${openapi},"a":"${"\\".repeat(20_000_000)}"}`,
      "a.json",
      [],
    ],
    ["20 MB of escaped quotes", `{${openapi},"a":"${'\\"'.repeat(10_000_000)}"}`, "a.json", []],
    ["20 MB of one number", `{${openapi},"a":${"9".repeat(20_000_000)}}`, "a.json", []],
    ["20 MB of one key", `{${openapi},"${"k".repeat(20_000_000)}":1}`, "a.json", []],
    [
      "300 000 keys",
      `{${openapi}${Array.from({ length: 300_000 }, (_, at) => `,"k${String(at)}":0`).join("")}}`,
      "a.json",
      [],
    ],
    [
      "2 million equal keys",
      `{${openapi}${',"k":0'.repeat(2_000_000)}}`,
      "a.json",
      Array.from({ length: 100 }, () => "E006"),
    ],
    ["20 MB of white space", `{${openapi}${" ".repeat(20_000_000)}}`, "a.json", []],
    ["20 MB of line ends", `{${openapi}${"\n".repeat(20_000_000)},}`, "a.json", ["E004"]],
    ["20 MB of commas", `[${",".repeat(20_000_000)}`, "a.json", ["E004"]],
    ["20 MB of YAML text", `openapi: 3.1.0\na: ${"x ".repeat(10_000_000)}`, "a.yaml", []],
    [
      "20 MB of a YAML block",
      `openapi: 3.1.0\na: |\n${"  xxxxxxxxxxxxxxxxx\n".repeat(1_000_000)}`,
      "a.yaml",
      [],
    ],
    ["20 MB of YAML brackets", "[".repeat(20_000_000), "a.yaml", ["E007"]],
    ["20 MB of elements", `[${"0,".repeat(10_000_000)}]`, "a.json", ["E004"]],
    ["20 MB of YAML tokens", `a: [${"0,".repeat(10_000_000)}]`, "a.yaml", ["E008"]],
    ["20 MB of YAML dashes", `${"- ".repeat(10_000_000)}`, "a.yaml", ["E007"]],
    [
      "200 000 YAML anchors",
      `a: ${"&a ".repeat(200_000)}`,
      "a.yaml",
      Array.from({ length: 20 }, () => "E005"),
    ],
  ])("answers to %s", async (_name, content, file, codes) => {
    expect(await codesOf(content, file)).toEqual(codes);
  });
});
