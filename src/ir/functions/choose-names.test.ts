import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../document/document.js";
import type { Api } from "../api.js";
import { reservedNames } from "../names/reserved.js";
import { apiOf, build, findingsOf } from "../test/findings.js";
import { listOf, mutation, nullable, query, ref, small } from "../test/small-document.js";

const object = (properties: JsonObject): JsonObject => ({ type: "object", properties });
const text = { type: "string" };
const read = query(ref("User"));
const rename = mutation({ affects: ["user"] });

/** Every name that the client exports, with what it stands for. */
function exportedNames(api: Api): string[] {
  const functions = [
    ...api.contexts.flatMap(({ queries }) => queries),
    ...api.mutations,
    ...api.views,
  ];
  const shared = new Set(api.types.map(({ name }) => name));
  const own = [...api.contexts.map(({ names }) => names), ...functions.map(({ names }) => names)];
  return [
    ...shared,
    ...own.flatMap((names) =>
      Object.entries(names).flatMap(([role, name]: [string, string]) =>
        // A function's type may be the named type itself; the stem is what hooks are called by.
        role === "stem" ? [`use${name}`] : shared.has(name) ? [] : [name],
      ),
    ),
  ];
}

function namesByWireName(api: Api): Map<string, unknown> {
  return new Map(
    [...api.contexts.flatMap(({ queries }) => queries), ...api.mutations, ...api.views].map(
      ({ wireName, names }) => [wireName, names],
    ),
  );
}

describe("names of functions", () => {
  it("are what a user would type by hand", async () => {
    const view = { kind: "view", method: "GET", path: "/i", produces: ["text/html"], auth: true };
    const { contexts, mutations, views } = await apiOf(
      small({ user_profile: read, rename_user: rename, invoice_pdf: view }),
    );
    expect(contexts[0]?.names).toEqual({
      value: "userContext",
      stem: "UserContext",
      params: "UserContextParams",
      data: "UserContextData",
      fetch: "fetchUserContext",
    });
    expect(contexts[0]?.queries[0]?.names).toMatchObject({
      value: "userProfile",
      input: "UserProfileInput",
      output: "UserProfileOutput",
    });
    expect(mutations[0]?.names).toEqual({
      value: "renameUser",
      stem: "RenameUser",
      input: "RenameUserInput",
      output: "RenameUserOutput",
      error: "RenameUserError",
      isError: "isRenameUserError",
    });
    expect(views[0]?.names).toEqual({
      value: "invoicePdf",
      stem: "InvoicePdf",
      input: "InvoicePdfInput",
      body: "InvoicePdfBody",
      error: "InvoicePdfError",
      isError: "isInvoicePdfError",
      url: "invoicePdfUrl",
      fetch: "fetchInvoicePdf",
    });
    expect([contexts[0]?.file, mutations[0]?.file, views[0]?.file]).toEqual([
      "contexts/user.ts",
      "mutations/rename_user.ts",
      "views/invoice_pdf.ts",
    ]);
  });

  it("H16: a type that is called as the function's own would be is the function's own", async () => {
    const schemas = { RenameInput: object({ id: text }), RenameOutput: object({ ok: text }) };
    const own = mutation({
      ...{ input: ref("RenameInput"), output: ref("RenameOutput"), affects: ["user"] },
    });
    const { mutations } = await apiOf(small({ read, rename: own }, { schemas }));
    expect(mutations[0]).toMatchObject({
      names: { input: "RenameInput", output: "RenameOutput" },
      input: { kind: "reference", name: "RenameInput" },
    });
    expect(await findingsOf(small({ read, rename: own }, { schemas }))).toEqual([]);
  });

  it("step aside for a type of the same name that is another, with a warning", async () => {
    const schemas = { RenameInput: object({ id: text }) };
    const functions = { read: query(ref("RenameInput")), rename };
    const { api, findings } = await build(small(functions, { schemas }));
    expect(api?.mutations[0]?.names).toMatchObject({ value: "rename", input: "RenameInput2" });
    expect(findings).toEqual(["W160 #/x-mizan-functions/rename (key)"]);
  });

  it("call the params of a query Params where a model of its name keeps Input for itself", async () => {
    const user = object({ id: text, nick: { type: "string", default: "" } });
    const { api, findings } = await build(
      small({ user: query(ref("User")) }, { schemas: { User: user } }),
    );
    expect(api?.contexts[0]?.queries[0]?.names).toMatchObject({
      input: "UserParams",
      output: "UserOutput",
    });
    expect(findings).toEqual([]);
  });

  it("take the name of a second form of their own input, where nobody needs that form", async () => {
    // `CreateOrder` may come out as another type than it goes in, so `CreateOrderInput` is kept for it.
    const schemas = { CreateOrder: object({ note: { type: "string", default: "" } }) };
    const create = mutation({ input: ref("CreateOrder"), output: null });
    const once = await apiOf(small({ read, create_order: create }, { schemas }));
    expect(once.mutations[0]?.names.input).toBe("CreateOrderInput");
    const both = await apiOf(
      small({ read: query(ref("CreateOrder")), create_order: create }, { schemas }),
    );
    expect(both.mutations[0]).toMatchObject({
      names: { input: "CreateOrderInput" },
      input: { kind: "reference", name: "CreateOrderInput" },
    });
  });

  it("are not those that generated code binds itself", async () => {
    const functions = {
      ...{ read, configure: rename, delete: rename, fetch_context: rename, mutation: rename },
    };
    const api = await apiOf(small(functions));
    const values = api.mutations.map(({ names }) => names.value);
    expect(values).toEqual(["configure_", "delete_", "fetchContext_", "mutation_"]);
    for (const name of exportedNames(api)) expect(reservedNames.has(name)).toBe(false);
  });

  it("keep a context, a function and a hook of one name apart", async () => {
    const document = small({
      ...{ user_context: rename, read, use_read: rename, is_read_error: rename },
      ...{ fetch_user_context: rename },
    });
    const { api } = await build(document);
    const names = api === null ? [] : exportedNames(api);
    expect(new Set(names).size).toBe(names.length);
    expect(api?.mutations.map(({ names: { value } }) => value)).toEqual([
      ...["userContext", "useRead2", "isReadError2", "fetchUserContext2"],
    ]);
  });
});

describe("names of a client, whatever the document", () => {
  const words = fc.constantFrom(
    ...["user", "User", "get_user", "is", "use", "input", "output", "error", "fetch", "context"],
    ...["params", "data", "url", "body", "order", "2", "x", "configure", "mutation"],
  );
  const wireName = fc
    .array(words, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("_"))
    .filter((name) => /^[A-Za-z]/.test(name));
  const kinds = fc.constantFrom("query", "mutation", "view");
  const functionsOf = (list: readonly { name: string; kind: string; context: string }[]) =>
    Object.fromEntries(
      list.map(({ name, kind, context }) => [
        name,
        kind === "query"
          ? query(listOf(ref("User")), { context })
          : kind === "view"
            ? { kind, method: "GET", path: "/v", produces: ["text/html"], auth: true }
            : mutation({ output: nullable(ref("User")) }),
      ]),
    );
  const functions = fc.array(fc.record({ name: wireName, kind: kinds, context: wireName }), {
    minLength: 1,
    maxLength: 12,
  });

  it("are unique among all that is exported", async () => {
    await fc.assert(
      fc.asyncProperty(functions, async (list) => {
        const { api } = await build(small(functionsOf(list)));
        if (api === null) return; // E101: names that cannot both be had.
        const names = exportedNames(api);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 150 },
    );
  });

  it("stay when a function is added after the others, and when one is left out", async () => {
    await fc.assert(
      fc.asyncProperty(functions, async (list) => {
        const full = await build(small(functionsOf(list)));
        if (full.api === null) return;
        const all = namesByWireName(full.api);
        const [last] = Object.keys(functionsOf(list)).slice(-1);
        const { [last ?? ""]: _, ...rest } = functionsOf(list);
        if (Object.keys(rest).length === 0) return;
        const fewer = await build(small(rest));
        for (const [name, names] of namesByWireName(fewer.api ?? full.api)) {
          expect(all.get(name)).toEqual(names);
        }
        const without = await build(small(functionsOf(list)), { exclude: [list[0]?.name ?? ""] });
        for (const [name, names] of namesByWireName(without.api ?? full.api)) {
          expect(all.get(name)).toEqual(names);
        }
      }),
      { numRuns: 100 },
    );
  });
});
