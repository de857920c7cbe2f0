import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderText } from "../../src/diagnostics/render-text.js";
import { proveFiles } from "../../src/emit/prove-files.js";
import { wound, wounded } from "./mutate.js";
import { runText } from "./run-pipeline.js";

const root = resolve(import.meta.dirname, "../..");
// `npm run fuzz` asks for more.
const numRuns = Number(process.env["MIZAN_FUZZ_RUNS"] ?? 400);

describe("random mutations of valid documents", () => {
  for (const name of [
    "protocol/bookshop.json",
    "protocol/legacy-list-camel.json",
    "producers/fastapi/openapi.json",
  ]) {
    it(`${name}: a client that parses, or errors with a place; never an exception`, async () => {
      const document = JSON.parse(readFileSync(join(root, "fixtures", name), "utf8")) as Parameters<
        typeof wounded
      >[0];
      await fc.assert(
        fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 6 }), async (wounds) => {
          const text = wounded(document, wounds);
          const result = await runText(text);
          const errors = result.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
          if (result.files === null) {
            expect(errors.length).toBeGreaterThan(0);
          } else {
            expect(errors).toEqual([]);
            await proveFiles(result.files);
            for (const file of result.files)
              expect(file.path).toMatch(/^[a-z0-9][\w.-]*(\/[\w.-]+)*$/i);
          }
          const shown = renderText(result.diagnostics, { document: result.document });
          expect(shown).not.toMatch(/\n\s+at .*:\d+:\d+\)?$/m);
        }),
        { numRuns },
      );
    });
  }
});
