import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Diagnostics } from "../../src/diagnostics/diagnostics.js";
import { diffApis } from "../../src/diff/diff-apis.js";
import type { Api } from "../../src/ir/api.js";
import { buildApi } from "../../src/ir/build-api.js";
import { defaultApiOptions } from "../../src/ir/options.js";
import { openDocument } from "../../src/ir/test/open-document.js";
import { wound, wounded } from "../pipeline/mutate.js";
import { contracts, documentOf } from "./arbitrary-contracts.js";
import { shareStructure } from "./share-structure.js";

async function apiOf(document: unknown): Promise<Api | null> {
  const opened = await openDocument(document as Parameters<typeof openDocument>[0]);
  return buildApi(opened, defaultApiOptions, new Diagnostics());
}

/** Whether anything differs; two contracts that share what is the same differ as two that share nothing. */
function compare(before: Api, after: Api): boolean {
  const shared = shareStructure(before, after);
  expect(shared).toEqual(after);
  const changes = diffApis(before, after);
  expect(diffApis(before, shared)).toEqual(changes);
  expect(diffApis(shared, before)).toEqual(diffApis(after, before));
  return changes.length > 0;
}

it("finds in contracts that share structure what it finds in others: random contracts", async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(contracts(6), async ({ before, after }) => {
      const [old, young] = [await apiOf(documentOf(before)), await apiOf(documentOf(after))];
      if (old === null || young === null) return;
      if (compare(old, young)) changed++;
    }),
    { numRuns: 200 },
  );
  // Or nothing is proven.
  expect(changed).toBeGreaterThan(50);
}, 120_000);

it.each(["protocol/bookshop.json", "producers/fastapi/openapi.json"])(
  "finds in contracts that share structure what it finds in others: %s with wounds",
  async (name) => {
    const path = resolve(import.meta.dirname, "../../fixtures", name);
    const document = JSON.parse(readFileSync(path, "utf8")) as Parameters<typeof wounded>[0];
    const whole = await apiOf(document);
    if (whole === null) throw new Error("the fixture has errors");
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 1 }), async (wounds) => {
        const other = await apiOf(JSON.parse(wounded(document, wounds))).catch(() => null);
        if (other !== null && compare(whole, other)) changed++;
      }),
      { numRuns: 400 },
    );
    expect(changed).toBeGreaterThan(8);
  },
  120_000,
);
