import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { buildApi } from "../build-api.js";
import { defaultApiOptions } from "../options.js";
import { isObject } from "../shape/schema-at.js";
import { fixture, tryOpenDocument } from "../test/open-document.js";
import { strictFormOf } from "../test/strict-form-of.js";
import { wound, wounded } from "../test/wounds.js";
import type { StrictForm } from "./print-strict-form.js";

const strictSchema = JSON.parse(
  readFileSync(
    new URL("../../../docs/protocol/x-mizan-functions.schema.json", import.meta.url),
    "utf8",
  ),
) as JsonObject;

function extensionsOf(value: JsonObject): StrictForm {
  const functions = value["x-mizan-functions"] as JsonObject;
  return { "x-mizan": value["x-mizan"] as JsonObject, "x-mizan-functions": functions };
}

// `npm run fuzz` asks for more.
const runs = Number(process.env["MIZAN_FUZZ_RUNS"] ?? 150);

describe("the strict form", () => {
  const normal = extensionsOf(fixture("legacy.normalised.json"));

  it("of a list with camelCase keys is the normal form of the protocol", async () => {
    const { form, diagnostics } = await strictFormOf(fixture("legacy-list-camel.json"));
    expect(form).toEqual(normal);
    expect(diagnostics).toMatchObject([
      { code: "W300", pointer: "#/x-mizan-functions/2/somethingNew", part: "key" },
    ]);
  });

  it("of a map by path with snake_case keys is the same, but for the unknown key", async () => {
    const { form, diagnostics } = await strictFormOf(fixture("legacy-path-snake.json"));
    const { "x-legacy-something-new": unknown, ...update } = normal["x-mizan-functions"][
      "update_profile"
    ] as JsonObject;
    expect(unknown).toBe(1);
    expect(form).toEqual({
      ...normal,
      "x-mizan-functions": { ...normal["x-mizan-functions"], update_profile: update },
    });
    expect(diagnostics).toEqual([]);
  });

  it("of a strict document is the document's own", async () => {
    const bookshop = fixture("bookshop.json");
    const { form, diagnostics } = await strictFormOf(bookshop);
    expect(form).toEqual(extensionsOf(bookshop));
    expect(diagnostics.map(({ code }) => code)).toEqual(["W150"]);
  });

  it.each(["bookshop.json", "legacy-list-camel.json", "legacy-path-snake.json"])(
    "of %s is valid by the schema of the protocol",
    async (name) => {
      const { form } = await strictFormOf(fixture(name));
      const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(strictSchema);
      validate({ openapi: "3.1.0", ...form });
      expect(validate.errors).toBeNull();
    },
  );

  it("says that there is no session", async () => {
    const bookshop = fixture("bookshop.json");
    const meta = { ...(bookshop["x-mizan"] as JsonObject), session: null };
    const { form } = await strictFormOf({ ...bookshop, "x-mizan": meta });
    expect(form["x-mizan"]["session"]).toBeNull();
  });

  it("of any document without errors is valid by the schema of the protocol", async () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(strictSchema);
    for (const name of ["bookshop.json", "legacy-list-camel.json", "legacy-path-snake.json"]) {
      const original: JsonValue = fixture(name);
      await fc.assert(
        fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 3 }), async (wounds) => {
          const value = wounds.reduce(wounded, original);
          const document = await tryOpenDocument(value);
          const diagnostics = new Diagnostics();
          const isRight =
            document !== null && buildApi(document, defaultApiOptions, diagnostics) !== null;
          if (!isRight || !isObject(value)) return;
          const { form } = await strictFormOf(value);
          // Subscriptions are skipped, and so are most of the questions about them.
          const functions = Object.entries(form["x-mizan-functions"]).filter(
            ([, entry]) => !isObject(entry) || entry["kind"] !== "subscription",
          );
          const generated = { "x-mizan-functions": Object.fromEntries(functions) };
          validate({ openapi: "3.1.0", ...form, ...generated });
          expect(validate.errors).toBeNull();
        }),
        { numRuns: runs },
      );
    }
  });
});
