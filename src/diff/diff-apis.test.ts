import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { JsonValue } from "../document/document.js";
import { readDocument } from "../document/read-document.js";
import { synthetic } from "../emit/test/synthetic.js";
import type { Api } from "../ir/api.js";
import { buildApi } from "../ir/build-api.js";
import { defaultApiOptions } from "../ir/options.js";
import { fixture, tryOpenDocument } from "../ir/test/open-document.js";
import { mutation, query, ref, small } from "../ir/test/small-document.js";
import { wound, wounded } from "../ir/test/wounds.js";
import type { ContractChange } from "./contract-change.js";
import { describeChange } from "./describe-change.js";
import { diffApis } from "./diff-apis.js";
import { diffDocuments } from "./test/diff-documents.js";

const runs = Number(process.env["MIZAN_FUZZ_RUNS"] ?? 100);
const fixtures = resolve(import.meta.dirname, "../../fixtures");

function documentsBelow(folder: string): string[] {
  return readdirSync(join(fixtures, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|ya?ml)$/.test(path))
    .map((path) => join(fixtures, folder, path))
    .sort();
}

async function tryApi(value: JsonValue, exclude: readonly string[] = []): Promise<Api | null> {
  const document = await tryOpenDocument(value);
  const options = { ...defaultApiOptions, exclude };
  return document === null ? null : buildApi(document, options, new Diagnostics());
}

describe("a contract and itself", () => {
  it("do not differ, for every fixture that is a contract", async () => {
    let compared = 0;
    for (const path of ["protocol", "producers", "types"].flatMap(documentsBelow)) {
      const build = async (): Promise<Api | null> => {
        const input = { kind: "text" as const, content: readFileSync(path), name: path };
        const diagnostics = new Diagnostics();
        const document = await readDocument(input, { allowRefs: "files" }, diagnostics);
        return document === null ? null : buildApi(document, defaultApiOptions, diagnostics);
      };
      const [one, other] = [await build(), await build()];
      if (one === null || other === null) continue;
      compared++;
      expect(diffApis(one, other).map(describeChange), path).toEqual([]);
    }
    expect(compared).toBeGreaterThan(40);
  });

  it(
    "do not differ, whatever the document became",
    async () => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 5 }), async (wounds) => {
          const value = wounds.reduce(wounded, fixture("bookshop.json") as JsonValue);
          const [one, other] = [await tryApi(value), await tryApi(value)];
          if (one === null || other === null) return;
          compared++;
          expect(diffApis(one, other)).toEqual([]);
        }),
        { numRuns: runs },
      );
      expect(compared).toBeGreaterThan(runs / 20);
    },
    60_000 + runs * 400,
  );
});

/** What each kind is when the two documents change places. */
const opposites: Readonly<Record<string, string>> = {
  "function-added": "function-removed",
  "function-renamed": "function-renamed",
  "context-added": "context-removed",
  "context-renamed": "context-renamed",
  "error-added": "error-removed",
  "merge-added": "merge-removed",
  "affect-added": "affect-removed",
  "member-added": "member-removed",
  "member-renamed": "member-renamed",
  "member-optional": "member-required",
  "type-renamed": "type-renamed",
};

describe("two contracts in the other order", () => {
  it(
    "have come what had gone, and gone what had come",
    async () => {
      const seen = new Set<string>();
      const bookshop = fixture("bookshop.json");
      const names = Object.keys(bookshop["x-mizan-functions"] as object);
      const some = fc.subarray(names, { maxLength: 3 });
      const wounds = fc.array(wound, { maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(some, some, wounds, async (old, young, made) => {
          const before = await tryApi(bookshop, old);
          const after = await tryApi(made.reduce(wounded, bookshop as JsonValue), young);
          if (before === null || after === null) return;
          const forth = diffApis(before, after);
          const back = diffApis(after, before);
          for (const [kind, opposite] of Object.entries(opposites)) {
            const there = forth.filter((change) => change.kind === kind);
            if (there.length > 0) seen.add(kind);
            expect(countOf(back, opposite), kind).toBe(there.length);
            expect(countOf(back, kind), opposite).toBe(countOf(forth, opposite));
          }
        }),
        { numRuns: runs },
      );
      expect([...seen]).toEqual(
        expect.arrayContaining(["function-added", "context-added", "member-added"]),
      );
    },
    60_000 + runs * 400,
  );

  function countOf(changes: readonly ContractChange[], kind: string): number {
    return changes.filter((change) => change.kind === kind).length;
  }
});

describe("changes of shared types", () => {
  const tree = (name: string): object => ({
    type: "object",
    required: [name],
    properties: {
      [name]: { type: "string" },
      parent: ref("Tree"),
      children: { type: "array", items: ref("Tree") },
    },
  });
  const functions = {
    a: query(ref("Tree")),
    b: query({ type: "array", items: { type: "object", properties: { tree: ref("Tree") } } }),
    c: mutation({ input: ref("Tree"), output: null }),
  };

  it("are found once in circles, and told with the shortest way of each function", async () => {
    const changes = await diffDocuments(
      small(functions, { schemas: { Tree: tree("name") as never } }),
      small(functions, { schemas: { Tree: tree("title") as never } }),
    );
    expect(changes.map(describeChange)).toEqual([
      "~ Tree: title is new and `name` of the same type is gone: it looks renamed (in answers of a and b)",
      "~ c: input.title is new and `name` of the same type is gone: it looks renamed",
    ]);
    expect(changes[0]?.functions).toEqual([
      { name: "a", path: "output.title" },
      { name: "b", path: "output[].tree.title" },
    ]);
  });

  it("cost in proportion to the contract, not to its square", () => {
    const cost = (count: number): number => {
      const [one, other] = [synthetic(count), widened(synthetic(count))];
      const start = process.cpuUsage();
      expect(diffApis(one, other).length).toBeGreaterThanOrEqual(count / 2);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    cost(200);
    // Eight times the functions: a square would cost 64 times as much.
    expect(cost(1600) / cost(200)).toBeLessThan(32);
  });

  /** Each record may be without a title. */
  function widened(api: Api): Api {
    return {
      ...api,
      types: api.types.map((named) =>
        named.type.kind === "object"
          ? {
              ...named,
              type: {
                ...named.type,
                members: named.type.members.map((member) => ({
                  ...member,
                  optional: member.optional || member.name === "title",
                })),
              },
            }
          : named,
      ),
    };
  }
});
