import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configSchema } from "./config-schema.js";
import { optionRules } from "./option-rules.js";
import { validateConfig } from "./validate-config.js";

const root = resolve(import.meta.dirname, "../..");
const accepts = new Ajv({ strict: true, strictTypes: false }).compile(configSchema());

/** Values that rules are about, right ones and near misses. */
const word = fc.oneof(
  fc.constantFrom("react", "vue", "svelte", "none", "files", "all", "auto", "js", "ts", "union"),
  fc.constantFrom("const", "number", "string", "brand", "present", "optional", "", "x", "/api/"),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 3, arbitrary: fc.array(word, { maxLength: 3 }) },
  { weight: 2, arbitrary: fc.dictionary(word, fc.oneof(word, fc.integer()), { maxKeys: 2 }) },
  { weight: 2, arbitrary: fc.boolean() },
  fc.jsonValue({ maxDepth: 2 }),
);
const key = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...Object.keys(optionRules), "$schema") },
  fc.constantFrom("inptu", "naming", "constructor", "toString", "$Schema", ""),
);
const project = fc.dictionary(key, value, { maxKeys: 3 });
/** With names that differ: that they must is all that a schema cannot say. */
const named = fc.array(project, { maxLength: 3 }).map((list) =>
  list.map((entry, index) => {
    const { name } = entry;
    return typeof name === "string" && name !== "" ? { ...entry, name: `${name}${index}` } : entry;
  }),
);
const config: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: project },
  { weight: 3, arbitrary: named },
  fc.jsonValue({ maxDepth: 3 }),
);

describe("the JSON Schema of the config", () => {
  it("accepts exactly what the validator accepts", () => {
    let right = 0;
    let wrong = 0;
    fc.assert(
      fc.property(config, (made) => {
        const copy = JSON.parse(JSON.stringify(made)) as unknown;
        const { ok } = validateConfig(copy);
        if (ok) right++;
        else wrong++;
        expect([accepts(copy), copy]).toEqual([ok, copy]);
      }),
      { numRuns: 5000 },
    );
    // Neither of the two sides may be empty, or the comparison says nothing.
    expect(right).toBeGreaterThan(500);
    expect(wrong).toBeGreaterThan(500);
  });

  it("knows each option by itself, right and wrong", () => {
    for (const [name, { value: rule }] of Object.entries(optionRules)) {
      const samples = fc.sample(value, { numRuns: 300, seed: 1 });
      const counts = { right: 0, wrong: 0 };
      for (const sample of samples) {
        const ok = rule.faults(sample).length === 0;
        counts[ok ? "right" : "wrong"]++;
        expect([name, sample, accepts({ [name]: sample })]).toEqual([name, sample, ok]);
      }
      expect(counts.right, name).toBeGreaterThan(0);
      expect(counts.wrong, name).toBeGreaterThan(0);
    }
  });

  it("is the file that the package ships (node scripts/config-schema.mjs)", () => {
    const shipped = readFileSync(join(root, "config.schema.json"), "utf8");
    expect(JSON.parse(shipped)).toEqual(configSchema());
  });

  it("says of each option what its comment in the types says", () => {
    const source = readFileSync(join(root, "src/config/config.ts"), "utf8");
    const comments = new Map(
      [...source.matchAll(/\/\*\* (.*?) \*\/\n {2}readonly (\w+)\?/g)].map((match) => [
        match[2] ?? "",
        match[1] ?? "",
      ]),
    );
    const described = Object.entries(optionRules).map(([name, rule]) => [name, rule.description]);
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(comments));
  });
});
