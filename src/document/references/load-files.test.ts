import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document } from "../document.js";
import type { DocumentInput, ReadOptions } from "../document-input.js";
import { readDocument } from "../read-document.js";

async function open(input: DocumentInput, options: ReadOptions): Promise<Document> {
  const diagnostics = new Diagnostics();
  const document = await readDocument(input, options, diagnostics);
  expect(diagnostics.all).toEqual([]);
  if (!document) throw new Error("no document");
  return document;
}

describe("references to files", () => {
  let outer = "";
  let cwd = "";
  beforeEach(async () => {
    outer = await mkdtemp(join(tmpdir(), "mizan-refs-"));
    cwd = join(outer, "project");
    await mkdir(join(cwd, "api/shared"), { recursive: true });
    await writeFile(join(outer, "secret.json"), '{"secret": true}');
    await writeFile(join(cwd, "secret.json"), '{"secret": true}');
  });
  afterEach(() => rm(outer, { recursive: true }));

  const write = (path: string, content: unknown): Promise<void> =>
    writeFile(join(cwd, path), typeof content === "string" ? content : JSON.stringify(content));
  const openWith = async (
    schemas: unknown,
    allowRefs: ReadOptions["allowRefs"] = "files",
  ): Promise<Document> => {
    await write("api/openapi.json", { openapi: "3.1.0", components: { schemas } });
    return open({ kind: "file", path: "api/openapi.json" }, { cwd, allowRefs });
  };

  it("follows them in JSON and YAML, each relative to its own file", async () => {
    await write(
      "api/shared/user.yaml",
      "User:\n  properties:\n    address: {$ref: 'address.json#/Address'}\n    self: {$ref: '#/User'}\n    order: {$ref: '../openapi.json#/components/schemas/Order'}\n",
    );
    await write("api/shared/address.json", { Address: { type: "string" } });
    const document = await openWith({ A: { $ref: "shared/user.yaml#/User" }, Order: {} });
    const user = document.resolve("shared/user.yaml#/User", "#/components/schemas/A");
    expect(user).toMatchObject({ found: true, pointer: "shared/user.yaml#/User", local: false });
    const from = "shared/user.yaml#/User/properties/address";
    expect(document.resolve("address.json#/Address", from)).toEqual({
      found: true,
      pointer: "shared/address.json#/Address",
      value: { type: "string" },
      local: false,
    });
    expect(document.resolve("#/User", from)).toMatchObject({ pointer: "shared/user.yaml#/User" });
    expect(document.resolve("../openapi.json#/components/schemas/Order", from)).toMatchObject({
      pointer: "#/components/schemas/Order",
    });
    expect(document.resolve("#", from)).toMatchObject({ pointer: "shared/user.yaml#" });
    expect(document.files).toEqual(["api/shared/user.yaml", "api/shared/address.json"]);
    expect(document.valueAt("shared/address.json#/Address/type")).toBe("string");
    expect(document.rangeOf("shared/user.yaml#/User/properties/self", "key")?.start).toEqual({
      line: 4,
      column: 5,
    });
    expect(document.lineAt(1, "api/shared/user.yaml")).toBe("User:");
    expect(document.lineAt(1, "shared/user.yaml")).toBe("User:");
  });

  it("covers them with the hash of the document", async () => {
    await write("api/shared/a.json", "{}");
    const one = await openWith({ A: { $ref: "shared/a.json" } });
    await write("api/shared/a.json", "{ }");
    const two = await openWith({ A: { $ref: "shared/a.json" } });
    const none = await openWith({ A: { $ref: "shared/a.json" } }, "none");
    expect(new Set([one.hash, two.hash, none.hash]).size).toBe(3);
  });

  it("never leaves the directory of the document: by dots, by an absolute path, by a link", async () => {
    await symlink(join(outer, "secret.json"), join(cwd, "api/link.json"));
    await symlink(cwd, join(cwd, "api/up"));
    const document = await openWith(
      {
        A: { $ref: "../secret.json" },
        B: { $ref: join(outer, "secret.json") },
        C: { $ref: "link.json" },
        D: { $ref: "up/secret.json" },
        E: { $ref: "%2e%2e/secret.json" },
        F: { $ref: "file:///etc/hostname" },
      },
      "all",
    );
    expect(document.files).toEqual([]);
    for (const reference of ["../secret.json", join(outer, "secret.json"), "%2e%2e/secret.json"]) {
      expect(document.resolve(reference, "#")).toMatchObject({
        code: "E306",
        reason: expect.stringContaining("outside of the directory") as string,
      });
    }
    for (const reference of ["link.json", "up/secret.json"]) {
      expect(document.resolve(reference, "#")).toMatchObject({
        code: "E306",
        reason: expect.stringContaining("through a symbolic link") as string,
      });
    }
    expect(document.resolve("file:///etc/hostname", "#")).toMatchObject({ code: "E306" });
  });

  it("says what is wrong with a file where the reference to it stands, and only there", async () => {
    await write("api/broken.json", '{"a": 1,}');
    await write("api/shared/user.json", "{}");
    const document = await openWith({
      A: { $ref: "broken.json" },
      B: { $ref: "shared/usr.json#/x" },
      C: { $ref: "shared" },
    });
    expect(document.resolve("broken.json", "#")).toEqual({
      found: false,
      code: "E308",
      reason: 'api/broken.json:1:8 a trailing comma: nothing follows it before "}"',
      help: "remove the comma",
    });
    expect(document.resolve("shared/usr.json#/x", "#")).toMatchObject({
      code: "E308",
      reason: 'api/shared/usr.json does not exist (did you mean "user.json"?)',
    });
    expect(document.resolve("shared", "#")).toMatchObject({
      code: "E308",
      reason: "api/shared is a directory",
    });
  });

  it("reads nothing that only data names", async () => {
    await write("api/data.json", "{}");
    await write("api/schema.json", "{}");
    const document = await openWith({
      A: {
        default: { $ref: "data.json" },
        example: { $ref: "data.json" },
        enum: [{ $ref: "data.json" }],
        properties: { default: { $ref: "schema.json" }, $ref: { type: "string" } },
      },
    });
    expect(document.files).toEqual(["api/schema.json"]);
  });

  it("reads the targets of a discriminator's mapping, which are not names", async () => {
    await write("api/cat.json", "{}");
    const document = await openWith({
      A: {
        oneOf: [],
        discriminator: { propertyName: "t", mapping: { cat: "cat.json", dog: "Dog" } },
      },
    });
    expect(document.files).toEqual(["api/cat.json"]);
  });

  it("ends for files that refer to each other in a circle, and for a file under odd names", async () => {
    await write("api/a#b%.json", { B: { $ref: "openapi.json#/components/schemas/A" } });
    const document = await openWith({ A: { $ref: "a%23b%25.json#/B" } });
    const found = document.resolve("a%23b%25.json#/B", "#");
    expect(found).toMatchObject({ found: true, pointer: "a%23b%25.json#/B" });
    expect(document.rangeOf("a%23b%25.json#/B")).toBeDefined();
    expect(document.files).toEqual(["api/a#b%.json"]);
  });

  it("takes a document from standard input for one in its directory when it has a name", async () => {
    await write("api/a.json", "{}");
    const content = JSON.stringify({
      openapi: "3.1.0",
      components: { schemas: { A: { $ref: "a.json" } } },
    });
    const named = await open(
      { kind: "text", content, name: "api/x.json" },
      { cwd, allowRefs: "files" },
    );
    expect(named.resolve("a.json", "#")).toMatchObject({ found: true, pointer: "a.json#" });
    const nameless = await open({ kind: "text", content }, { cwd, allowRefs: "files" });
    expect(nameless.resolve("a.json", "#")).toMatchObject({
      code: "E306",
      help: "say with --stdin-filepath where the document belongs",
    });
  });
});

describe("references to URLs", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(files: Record<string, unknown>, seen: string[]): Promise<string> {
    const server = createServer((request, response) => {
      seen.push(`${request.url ?? ""} ${request.headers.authorization ?? "-"}`);
      const body = files[request.url ?? ""];
      if (typeof body === "string") response.writeHead(302, { location: body }).end();
      else response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body));
    });
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  it("follows those of the same origin with `files`, all with `all`; credentials go to the origin only", async () => {
    const otherSeen: string[] = [];
    const other = await serve({ "/o.json": { O: {} } }, otherSeen);
    const seen: string[] = [];
    const files: Record<string, unknown> = {
      "/api/openapi.json": {
        openapi: "3.1.0",
        components: {
          schemas: {
            A: { $ref: "../user.json#/User" },
            B: { $ref: `${other}/o.json#/O` },
            C: { $ref: "gone.json" },
            D: { $ref: "away.json" },
          },
        },
      },
      "/user.json": { User: { $ref: "api/openapi.json#/components/schemas/A" } },
      "/api/away.json": `${other}/o.json`,
    };
    const base = await serve(files, seen);
    const input = {
      kind: "url",
      url: `${base}/api/openapi.json`,
      headers: { authorization: "Bearer s" },
    } as const;

    const document = await open(input, { allowRefs: "files" });
    expect(document.resolve("../user.json#/User", "#")).toMatchObject({
      found: true,
      pointer: `${base}/user.json#/User`,
    });
    expect(
      document.resolve("api/openapi.json#/components", `${base}/user.json#/User`),
    ).toMatchObject({ found: true, pointer: "#/components" });
    expect(document.resolve(`${other}/o.json#/O`, "#")).toMatchObject({
      found: false,
      code: "E306",
    });
    expect(document.resolve("away.json", "#")).toMatchObject({
      code: "E306",
      reason: `${base}/api/away.json redirects to ${other}, another origin`,
    });
    expect(document.resolve("gone.json", "#")).toMatchObject({
      code: "E308",
      reason: `${base}/api/gone.json answered 404 Not Found`,
    });
    expect(otherSeen).toEqual([]);
    expect(new Set(seen)).toEqual(
      new Set([
        "/api/openapi.json Bearer s",
        "/user.json Bearer s",
        "/api/gone.json Bearer s",
        "/api/away.json Bearer s",
      ]),
    );

    const everything = await open(input, { allowRefs: "all" });
    expect(everything.resolve(`${other}/o.json#/O`, "#")).toMatchObject({
      found: true,
      pointer: `${other}/o.json#/O`,
    });
    expect(otherSeen).toEqual(["/o.json -", "/o.json -"]);
  });
});
