import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { JsonObject } from "../document/document.js";
import type { Api } from "./api.js";
import { buildApi } from "./build-api.js";
import { inspectApi } from "./inspect.js";
import { defaultApiOptions } from "./options.js";
import { fixture, openDocument } from "./test/open-document.js";

async function bookshop(): Promise<Api> {
  const document = await openDocument(fixture("bookshop.json"));
  const api = buildApi(document, defaultApiOptions, new Diagnostics());
  if (api === null) throw new Error("the bookshop has errors");
  return api;
}

function objects(value: JsonObject, ...keys: string[]): JsonObject[] {
  return keys.flatMap((key) => value[key] as unknown as JsonObject[]);
}

describe("inspectApi", () => {
  it("gives what docs/inspect.md shows of the bookshop, in the same order of keys", async () => {
    const page = readFileSync(new URL("../../docs/inspect.md", import.meta.url), "utf8");
    const inspected = inspectApi(await bookshop());
    const parts = new Set(
      [inspected["contract"], ...objects(inspected, "types", "contexts", "mutations", "views")].map(
        (part) => JSON.stringify(part),
      ),
    );
    const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) =>
      JSON.stringify(JSON.parse(text ?? "")),
    );
    expect(examples).toHaveLength(5);
    for (const example of examples) expect(parts).toContain(example);
  });

  it("names every kind of type node that the page lists", () => {
    const page = readFileSync(new URL("../../docs/inspect.md", import.meta.url), "utf8");
    const source = readFileSync(new URL("type-node.ts", import.meta.url), "utf8");
    const kinds = [...source.matchAll(/kind:((?:\s*\|?\s*"[a-z-]+")+)/g)].flatMap(([, list]) =>
      [...(list ?? "").matchAll(/"([a-z-]+)"/g)].map(([, kind]) => kind ?? ""),
    );
    expect(kinds.length).toBeGreaterThan(15);
    const table = page.slice(page.indexOf("### Type nodes"), page.indexOf("## A context"));
    for (const kind of kinds) expect(table).toContain(`\`${kind}\``);
  });

  it("is plain JSON that says its format first", async () => {
    const inspected = inspectApi(await bookshop());
    expect(Object.keys(inspected)).toEqual([
      ...["format", "title", "version", "contract", "types", "contexts", "mutations", "views"],
    ]);
    expect(inspected["format"]).toBe(1);
    expect(JSON.parse(JSON.stringify(inspected))).toEqual(inspected);
  });

  it("gives each named type its pointer, position, name and file", async () => {
    const types = objects(inspectApi(await bookshop()), "types");
    expect(
      types.map(({ name, pointer, position, file }) => [name, pointer, position, file]),
    ).toEqual(
      expect.arrayContaining([
        ["OrderLine", "#/components/schemas/OrderLine", "both", "types.ts"],
        ["CatalogFilterInput", "#/components/schemas/CatalogFilter", "in", "types.ts"],
        ["User", "#/components/schemas/User", "out", "types.ts"],
      ]),
    );
  });
});
