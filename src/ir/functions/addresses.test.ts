import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { apiOf, findingsOf } from "../test/findings.js";
import { mutation, query, ref, small, userId } from "../test/small-document.js";

const read = query(ref("User"));
const rename = mutation({ affects: ["user"] });

async function addressesOf(document: JsonObject, basePath?: string): Promise<unknown> {
  const { contract, contexts, mutations, views } = await apiOf(document, { basePath });
  return {
    base: contract.base,
    session: contract.sessionPath,
    paths: [...contexts, ...mutations, ...views].map(({ path }) => path),
  };
}

function document(root: JsonObject, paths: JsonObject = {}): JsonObject {
  return small({ read, rename }, { root, paths });
}

const usual = ["ctx/user/", "call/rename"];

describe("addresses", () => {
  it("are the usual ones where a document has functions alone", async () => {
    expect(await addressesOf(document({}))).toEqual({
      base: "/",
      session: "session/",
      paths: usual,
    });
  });

  it("are relative to the first server, absolute or not", async () => {
    for (const url of ["/api", "/api/", "https://shop.example/api", "//shop.example/api?x#y"]) {
      expect(await addressesOf(document({ servers: [{ url }] }))).toMatchObject({
        base: "/api/",
        paths: usual,
      });
    }
  });

  it.each([["https://shop.example"], ["{scheme}://x/y"], ["javascript:alert(1)"], ["/a b"], [3]])(
    "pass over a server at %j",
    async (url) => {
      expect(await addressesOf(document({ servers: [{ url }] }))).toMatchObject({ base: "/" });
    },
  );

  it("are found in `paths` by the extension, and by the operation's id", async () => {
    const byExtension = {
      "/users/all/": { get: { "x-mizan-context": "user" } },
      "/users/rename": { post: { "x-mizan-function": "rename" } },
    };
    const byId = {
      "/users/all/": { get: { operationId: "ctx_user" } },
      "/users/rename": { post: { operationId: "rename" } },
      "/start": { get: { operationId: "session" } },
    };
    const paths = ["users/all/", "users/rename"];
    expect(await addressesOf(document({}, byExtension))).toMatchObject({ paths });
    expect(await addressesOf(document({}, byId))).toMatchObject({ paths, session: "start" });
  });

  it("pass over operations that do not take the method", async () => {
    const paths = {
      "/users/": { post: { operationId: "ctx_user" } },
      "/rename": { get: { operationId: "rename" } },
    };
    expect(await addressesOf(document({}, paths))).toMatchObject({ paths: usual });
  });

  it("are as declared in a strict document, and relative to its base", async () => {
    const contexts = {
      user: {
        path: "/api/ctx/user/",
        functions: ["read"],
        params: [userId],
        cache: { scope: "none" },
      },
    };
    const meta = { version: "1.0", base: "/api", session: { path: "/login/session/" }, contexts };
    const strict = document({ "x-mizan": meta });
    expect(await addressesOf(strict)).toEqual({
      base: "/api/",
      session: "/login/session/",
      paths: ["ctx/user/", "call/rename"],
    });
  });

  it("stay relative to the document's base when the base is replaced", async () => {
    const replaced = { base: "/v2/shop/", session: "session/", paths: usual };
    for (const base of ["/v2/shop", "v2/shop/", "/v2/shop/"]) {
      expect(await addressesOf(document({ servers: [{ url: "/api" }] }), base)).toEqual(replaced);
    }
    expect(await addressesOf(document({}), "/")).toMatchObject({ base: "/" });
  });

  const sessions: readonly [string, JsonObject, string | null][] = [
    ["null says that there is none", { version: "1.0", session: null }, null],
    ["false says so too", { session: false }, null],
    ["a strict document that names none has none", { version: "1.0" }, null],
    ["one that is not strict has the usual one", {}, "session/"],
  ];
  it.each(sessions)("M20: %s", async (_, meta, session) => {
    expect(await addressesOf(document({ "x-mizan": meta }))).toMatchObject({ session });
  });

  it("never leave the origin", async () => {
    const hostile: readonly [JsonValue, string][] = [
      ["//evil.example/x", "E103"],
      ["https://evil.example/x", "E103"],
      ["/\\evil.example", "E103"],
      ["/x?y", "E103"],
      ["x", "E103"],
    ];
    for (const [path, code] of hostile) {
      const findings = await findingsOf(small({ read, rename: { ...rename, path } }));
      expect(findings).toEqual([`${code} #/x-mizan-functions/rename/path`]);
    }
    // What is left after the base must not become an address of its own.
    const sneaky = { base: "/api/", contexts: { user: { path: "/api//evil.example/" } } };
    expect(await addressesOf(document({ "x-mizan": sneaky }))).toMatchObject({
      paths: ["/api//evil.example/", "call/rename"],
    });
    const scheme = { contexts: { user: { path: "/javascript:alert(1)" } } };
    expect(await addressesOf(document({ "x-mizan": scheme }))).toMatchObject({
      paths: ["/javascript:alert(1)", "call/rename"],
    });
  });

  it("of a view have a place for each of its path params", async () => {
    const view = (path: string, place?: string) => ({
      ...{ kind: "view", method: "get", path, produces: ["application/pdf"], auth: true },
      params: [{ ...userId, ...(place === undefined ? {} : { in: place }) }],
    });
    const { views } = await apiOf(small({ read, pdf: view("/u/{user_id}.pdf") }));
    expect(views[0]).toMatchObject({
      path: "u/{user_id}.pdf",
      method: "GET",
      params: [{ in: "path" }],
    });
    const at = "#/x-mizan-functions/pdf";
    expect(await findingsOf(small({ read, pdf: view("/u/{id}.pdf") }))).toEqual([
      `E103 ${at}/path`,
    ]);
    expect(await findingsOf(small({ read, pdf: view("/u.pdf", "path") }))).toEqual([
      `E103 ${at}/params/0/in`,
    ]);
  });
});
