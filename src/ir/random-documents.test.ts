import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { JsonObject, JsonValue } from "../document/document.js";
import { parent } from "../document/pointer.js";
import { buildApi } from "./build-api.js";
import { inspectApi } from "./inspect.js";
import { defaultApiOptions } from "./options.js";
import { fixture, tryOpenDocument } from "./test/open-document.js";
import { wound, wounded } from "./test/wounds.js";

const runs = Number(process.env["MIZAN_FUZZ_RUNS"] ?? 300);

describe("random mutations of valid documents", () => {
  it.each([
    "bookshop.json",
    "legacy-list-camel.json",
    "legacy-path-snake.json",
    "legacy.normalised.json",
  ])(
    "of %s give an Api, or errors with a place; never an exception",
    async (name) => {
      const original: JsonObject = fixture(name);
      const seen = { built: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 5 }), async (wounds) => {
          const value = wounds.reduce(wounded, original as JsonValue);
          const read = new Diagnostics();
          const document = await tryOpenDocument(value, read);
          if (document === null) return;
          const diagnostics = new Diagnostics();
          const api = buildApi(document, defaultApiOptions, diagnostics);
          if (api === null) {
            seen.refused++;
            const errors = diagnostics.all.filter(({ severity }) => severity === "error");
            expect(errors.length).toBeGreaterThan(0);
          } else {
            seen.built++;
            expect(diagnostics.hasErrors).toBe(false);
            const text = JSON.stringify(inspectApi(api));
            expect(JSON.parse(text)).toEqual(inspectApi(api));
          }
          for (const { pointer, related = [] } of diagnostics.all) {
            for (const place of [pointer, ...related.map((each) => each.pointer)]) {
              const exists =
                place !== undefined &&
                (document.valueAt(place) !== undefined ||
                  document.valueAt(parent(place)) !== undefined);
              expect(exists, place).toBe(true);
            }
          }
        }),
        { numRuns: runs },
      );
      // Both outcomes were seen, or the test says nothing.
      expect(Math.min(seen.built, seen.refused)).toBeGreaterThan(runs / 20);
    },
    60_000 + runs * 400,
  );
});
