import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { registry as bookshop } from "../../examples/bookshop/bookshop.js";
import { createRegistry } from "../registry/registry.js";
import { exportDocument, printDocument } from "./export-document.js";

const repository = new URL("../../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, repository), "utf8");

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const strictForm = ajv.compile(
  JSON.parse(read("docs/protocol/x-mizan-functions.schema.json")) as object,
);

describe("the document of the bookshop", () => {
  it("is the one that the three producers share", async () => {
    const text = printDocument(await exportDocument(bookshop));
    expect(text).toBe(read("backends/bookshop.openapi.json"));
    expect(text).toBe(read("fixtures/producers/typescript/openapi.json"));
  });

  it("has the strict form of the extensions", async () => {
    const document = await exportDocument(bookshop);
    expect(strictForm(document), JSON.stringify(strictForm.errors)).toBe(true);
  });

  it("is sealed without a warning", () => expect(bookshop.seal().warnings).toEqual([]));

  it("reaches every component from its paths (P1)", async () => {
    const { components, paths } = await exportDocument(bookshop);
    const { schemas } = components as { schemas: Record<string, unknown> };
    const reached = new Set<string>();
    const reach = (value: unknown): void => {
      for (const [, name = ""] of JSON.stringify(value).matchAll(/schemas\/([^"]+)"/g)) {
        if (reached.has(name)) continue;
        reached.add(name);
        reach(schemas[name]);
      }
    };
    reach(paths);
    expect([...reached].sort()).toEqual(Object.keys(schemas));
  });
});

interface Options {
  readonly summary?: string;
  readonly reverse?: boolean;
  readonly max?: number;
}

/** Two queries and a mutation, with what a fingerprint must and must not see. */
function small({ summary = "One", reverse = false, max = 9 }: Options = {}) {
  const registry = createRegistry({
    info: { title: summary, version: "1" },
    contexts: { c: { cache: { scope: "private", ttl: 1 }, summary } },
  });
  const Item = z
    .object({ title: z.string().describe(summary), n: z.int().max(max).default(1) })
    .meta({ id: "FingerprintItem" });
  const declare = [
    () => registry.query("one", { context: "c", output: Item, summary }, () => ({ title: "" })),
    () => registry.query("two", { context: "c", output: z.array(Item) }, () => []),
    () => registry.mutation("three", { affects: ["c"], deprecated: true }, () => undefined),
  ];
  for (const each of reverse ? declare.reverse() : declare) each();
  return registry;
}

const fingerprint = async (options?: Options): Promise<string> =>
  (await exportDocument(small(options)))["x-mizan"].fingerprint;

describe("the fingerprint (P6)", () => {
  it("does not change with documentation or order", async () => {
    const own = await fingerprint();
    expect(own).toMatch(/^sha256-[\w-]{43}$/);
    expect(await fingerprint({ summary: "Another text" })).toBe(own);
    expect(await fingerprint({ reverse: true })).toBe(own);
  });

  it("changes with the contract", async () => {
    expect(await fingerprint({ max: 8 })).not.toBe(await fingerprint());
  });
});

it("defaulted members of answers are required (P4)", async () => {
  const { components } = await exportDocument(small());
  expect(components).toHaveProperty("schemas.FingerprintItem.required", ["title", "n"]);
});

it("internal functions are served, and not told of (P7)", async () => {
  const registry = createRegistry({
    info: { title: "Internal", version: "1" },
    contexts: { a: { cache: { scope: "none" } }, b: { cache: { scope: "none" } } },
  });
  const Secret = z.object({ s: z.string() }).meta({ id: "InternalSecret" });
  registry.query("open", { context: "a", output: z.string() }, () => "");
  registry.query(
    "hidden",
    { context: "b", params: { x: z.int() }, output: Secret, stability: "internal" },
    () => ({ s: "" }),
  );
  const text = printDocument(await exportDocument(registry));
  expect(text).not.toMatch(/hidden|InternalSecret|ctx_b/);
  expect(registry.seal().functions.has("hidden")).toBe(true);
});

it("a view with a form, errors of one status, bearer of no session: all in the strict form", async () => {
  const registry = createRegistry({
    info: { title: "More", version: "1" },
    base: "/api",
    session: null,
    contexts: { a: { cache: { scope: "public", ttl: 5, swr: 1, tags: ["a"] } } },
  });
  registry.query(
    "list",
    {
      context: "a",
      auth: "none",
      params: { q: z.object({ x: z.int() }) },
      output: z.array(z.string()),
    },
    () => [],
  );
  registry.view(
    "pay",
    {
      method: "POST",
      path: "/pay/{id}",
      params: { id: z.string() },
      input: { amount: z.int() },
      produces: ["text/html"],
      affects: [{ context: "a", viewers: "self" }],
      errors: {
        declined: { status: 402 },
        expired: { status: 402, data: z.object({ at: z.string() }) },
      },
      auth: { mode: "required", permissions: ["pay"] },
    },
    () => "",
  );
  const document = await exportDocument(registry);
  expect(strictForm(document), JSON.stringify(strictForm.errors)).toBe(true);
  expect(document).toHaveProperty(["paths", "/api/ctx/a/", "get", "x-mizan-context"], "a");
  expect(document).toHaveProperty(
    ["paths", "/pay/{id}", "post", "responses", "402", "description"],
    "declined, expired",
  );
  expect(document["x-mizan"]).toMatchObject({ base: "/api/", session: null });
});
