import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, JsonObject } from "../../document/document.js";
import { readDocument } from "../../document/read-document.js";
import type { Api } from "../api.js";
import { buildApi } from "../build-api.js";
import type { ApiOptions } from "../options.js";
import { edit, edited, type Edit } from "../test/edits.js";
import { Rereading } from "../test/rereading.js";
import { wound, wounded, type Wound } from "../test/wounds.js";
import { StepMemory } from "./step-memory.js";

const fixtures = resolve(import.meta.dirname, "../../../fixtures");
const runs = Number(process.env["MIZAN_FUZZ_RUNS"] ?? 12);

/** A change between two builds: most often one that leaves no errors. */
type Change = { readonly edits: readonly Edit[] } | { readonly wound: Wound } | "heal";

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ wound }) },
  { weight: 1, arbitrary: fc.constant("heal" as const) },
);

const options: fc.Arbitrary<ApiOptions> = fc.record({
  outputDefaults: fc.constantFrom("present", "optional"),
  int64: fc.constantFrom("number", "string", "brand"),
  include: fc.constant([]),
  exclude: fc.constantFrom([], ["*_1"], ["made*"]),
});

/** The documents of the fixtures that have no errors, by name. */
function sources(): [string, string][] {
  return ["types", "producers", "protocol"].flatMap((folder) =>
    readdirSync(join(fixtures, folder)).flatMap((name): [string, string][] => {
      const path = join(fixtures, folder, name);
      const inside = ["openapi.json", "openapi.yaml"].map((file) => join(path, file));
      if (statSync(path).isDirectory()) {
        return inside.filter((file) => existsSync(file)).map((file) => [`${folder}/${name}`, file]);
      }
      return name.endsWith(".json") ? [[`${folder}/${name}`, path]] : [];
    }),
  );
}

interface Outcome {
  readonly api: Api | null;
  readonly findings: readonly string[];
}

function outcomeOf(document: Document, chosen: ApiOptions, memory?: StepMemory): Outcome {
  const diagnostics = new Diagnostics();
  const api = buildApi(document, chosen, diagnostics, memory);
  return { api, findings: diagnostics.all.map(show).sort() };
}

/** Order apart: findings are shown by their places. */
function show(finding: Diagnostic): string {
  return JSON.stringify(finding);
}

describe("a build that remembers the one before", () => {
  it.each(sources())(
    "%s: gives what a build from nothing gives, whatever is edited",
    async (_name, path) => {
      const read = await readDocument({ kind: "file", path }, {}, new Diagnostics());
      if (read === null) throw new Error("the fixture cannot be read");
      let built = 0;
      let all = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { minLength: 4, maxLength: 10 }),
          options,
          async (changes, chosen) => {
            const memory = new StepMemory();
            let value: JsonObject = read.root;
            let sound = value;
            const reader = new Rereading();
            for (const one of [null, ...changes]) {
              if (one === "heal") value = read.root;
              else if (one !== null && "wound" in one)
                value = wounded(value, one.wound) as JsonObject;
              else if (one !== null) value = one.edits.reduce(edited, value);
              const document = await reader.read(value);
              if (document === null) {
                value = sound;
                continue;
              }
              const outcome = outcomeOf(document, chosen, memory);
              expect(outcome).toStrictEqual(outcomeOf(document, chosen));
              all++;
              if (outcome.api === null) value = sound;
              else {
                built++;
                sound = value;
              }
            }
          },
        ),
        { numRuns: runs },
      );
      // Or nothing is proven.
      expect(built).toBeGreaterThan(all / 4);
    },
    30_000 + runs * 5000,
  );
});
