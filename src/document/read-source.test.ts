import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import { inputFromArgument, type DocumentInput, type ReadOptions } from "./document-input.js";
import { nameOfUrl } from "./fetch-url.js";
import { explainReadError } from "./read-file.js";
import { readSource } from "./read-source.js";

/** `<name> <text>`, `not-modified`, or `<code> <message> | <help>`. */
async function read(input: DocumentInput, options: ReadOptions = {}): Promise<string> {
  const diagnostics = new Diagnostics();
  const result = await readSource(input, options, diagnostics);
  if (result.status === "not-modified") return result.status;
  if (result.status === "read") {
    expect(diagnostics.all).toEqual([]);
    return `${result.source.name} ${Buffer.from(result.source.bytes).toString().slice(0, 80)}`;
  }
  return diagnostics.all
    .map(({ code, message, help }) => `${code} ${message}${help === undefined ? "" : ` | ${help}`}`)
    .join("\n");
}

describe("readSource: files", () => {
  let cwd = "";
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "mizan-read-"));
    await mkdir(join(cwd, "api"));
    await writeFile(join(cwd, "api/openapi.yaml"), "openapi: 3.1.0\n");
    await writeFile(join(cwd, "api/schema.json"), "{}");
    await writeFile(join(cwd, "blank.json"), " \n\t");
  });
  afterAll(() => rm(cwd, { recursive: true }));
  const file = (path: string, options: ReadOptions = {}): Promise<string> =>
    read({ kind: "file", path }, { cwd, ...options });

  it("reads a file and calls it by its path from the cwd", async () => {
    expect(await file("api/schema.json")).toBe("api/schema.json {}");
    expect(await file(join(cwd, "api/schema.json"))).toBe("api/schema.json {}");
    expect(await file("../schema.json", { cwd: join(cwd, "api/x") })).toBe("../schema.json {}");
  });

  it("names the nearest file, another extension first", async () => {
    expect(await file("api/shema.json")).toBe(
      'E001 api/shema.json does not exist (did you mean "schema.json"?)',
    );
    expect(await file("api/openapi.json")).toBe(
      'E001 api/openapi.json does not exist (did you mean "openapi.yaml"?)',
    );
    expect(await file("api/zzz.json")).toBe("E001 api/zzz.json does not exist");
  });

  it("says which folder is missing", async () => {
    expect(await file("apis/openapi.json")).toBe(
      "E001 apis/openapi.json does not exist: the folder apis does not exist",
    );
    expect(await file("blank.json/openapi.json")).toBe(
      "E001 blank.json/openapi.json does not exist: the folder blank.json is no folder",
    );
  });

  it("refuses directories, empty and large files", async () => {
    expect(await file("api")).toBe("E001 api is a directory | name the document in it");
    expect(await file("blank.json")).toBe("E002 blank.json is empty");
    expect(await file("api/openapi.yaml", { maxBytes: 3 })).toBe(
      "E008 api/openapi.yaml is larger than 0 MiB, the limit",
    );
  });

  it("says when a file may not be read, or anything else went wrong", async () => {
    const denied = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    expect((await explainReadError("/x", "x.json", denied)).fault).toMatchObject({
      code: "E001",
      message: "x.json may not be read (EACCES)",
    });
    const broken = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    expect((await explainReadError("/x", "x.json", broken)).fault.message).toBe(
      "x.json could not be read: EIO: i/o error, read",
    );
  });

  it.runIf(process.platform !== "win32")("stops reading a device that never ends", async () => {
    expect(await file("/dev/zero", { maxBytes: 1_000_000 })).toMatch(
      /^E008 .*dev\/zero is larger than 1 MiB, the limit$/,
    );
  });

  it("reads a text as standard input, under a name or none", async () => {
    expect(await read({ kind: "text", content: "{}" })).toBe("<stdin> {}");
    expect(await read({ kind: "text", content: Buffer.from("{}"), name: "a/b.json" })).toBe(
      "a/b.json {}",
    );
    expect(await read({ kind: "text", content: "" })).toBe("E002 <stdin> is empty");
    expect(await read({ kind: "text", content: "{} " }, { maxBytes: 2 })).toMatch(
      /^E008 <stdin> is larger/,
    );
  });
});

describe("readSource: URLs", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  const url = (
    address: string,
    headers?: Record<string, string>,
    options: ReadOptions = {},
  ): Promise<string> => read({ kind: "url", url: address, headers }, options);

  it("reads a document, its format by media type, its ETag for the next time", async () => {
    const base = await serve((request, response) => {
      response.setHeader("etag", '"v1"');
      response.setHeader(
        "content-type",
        "application/vnd.oai.openapi+json;version=3.1; charset=utf-8",
      );
      response.statusCode = request.headers["if-none-match"] === '"v1"' ? 304 : 200;
      response.end(response.statusCode === 200 ? "{}" : undefined);
    });
    const input = { kind: "url", url: `${base}/schema` } as const;
    const result = await readSource(input, {}, new Diagnostics());
    expect(result).toMatchObject({
      status: "read",
      source: {
        name: `${base}/schema`,
        format: "json",
        etag: '"v1"',
        origin: { kind: "url", url: `${base}/schema` },
      },
    });
    expect(await read(input, { ifNoneMatch: '"v1"' })).toBe("not-modified");
  });

  it("sends headers to their origin, and to no other after a redirect", async () => {
    const seen: [string, IncomingHttpHeaders][] = [];
    const other = await serve((request, response) => {
      seen.push([`other${request.url ?? ""}`, request.headers]);
      response.end("{}");
    });
    const base = await serve((request, response) => {
      seen.push([`base${request.url ?? ""}`, request.headers]);
      const location = request.url === "/a" ? "/b" : `${other}/c`;
      response.writeHead(302, { location }).end();
    });
    const shown = await url(
      `${base}/a`,
      { Authorization: "Bearer s3cret", "X-Key": "k", Cookie: "c=1" },
      { ifNoneMatch: '"x"' },
    );
    expect(shown).toBe(`${base}/a {}`);
    expect(
      seen.map(([where, headers]) => [
        where,
        headers.authorization,
        headers["x-key"],
        headers.cookie,
        headers["if-none-match"],
      ]),
    ).toEqual([
      ["base/a", "Bearer s3cret", "k", "c=1", '"x"'],
      ["base/b", "Bearer s3cret", "k", "c=1", '"x"'],
      ["other/c", undefined, undefined, undefined, undefined],
    ]);
  });

  it("takes credentials from the URL for Basic, and shows them nowhere", async () => {
    const seen: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end("{}");
    });
    const shown = await url(`${base.replace("//", "//ada:p%40ss@")}/x?api_key=abc&v=1#frag`);
    expect(seen).toEqual([`Basic ${Buffer.from("ada:p@ss").toString("base64")}`]);
    expect(shown).toBe(`${base}/x?api_key=***&v=1 {}`);
  });

  it.each([
    [
      404,
      "E013 URL answered 404 Not Found | look where the server serves its document; /openapi.json is usual",
    ],
    [401, 'E013 URL answered 401 Unauthorized | send credentials: -H "Authorization: Bearer ..."'],
    [403, 'E013 URL answered 403 Forbidden | send credentials: -H "Authorization: Bearer ..."'],
    [500, "E013 URL answered 500 Internal Server Error | look into the log of the server"],
    [204, "E013 URL answered 204 No Content"],
    [304, "E013 URL answered 304 Not Modified"],
    [405, "E013 URL answered 405 Method Not Allowed"],
  ])("explains a %i", async (status, expected) => {
    const base = await serve((_request, response) => response.writeHead(status).end());
    expect(await url(`${base}/x`)).toBe(expected.replace("URL", `${base}/x`));
  });

  it("explains a page, by media type or by its first character", async () => {
    const base = await serve((request, response) => {
      if (request.url === "/typed") response.setHeader("content-type", "text/html; charset=utf-8");
      response.end("\n<!DOCTYPE html><html>");
    });
    const help =
      "use the address of the document itself, often /openapi.json; a login page asks for --header";
    expect(await url(`${base}/typed`)).toBe(
      `E014 ${base}/typed answered with a page (text/html), not a document | ${help}`,
    );
    expect(await url(`${base}/plain`)).toBe(
      `E014 ${base}/plain answered with a page (HTML), not a document | ${help}`,
    );
  });

  it("explains a port where nothing listens, a name that does not resolve, a URL that is none", async () => {
    const base = await serve(() => undefined);
    servers.pop()?.close();
    expect(await url(`${base}/x`)).toBe(
      `E012 ${base}/x cannot be reached: nothing listens there; is the server running?`,
    );
    expect(await url("http://mizan.invalid/x")).toMatch(
      /^E012 http:\/\/mizan\.invalid\/x cannot be reached: the host name (does not resolve|could not be looked up)/,
    );
    expect(await url("http://[")).toBe("E012 http://[ is no http(s) URL");
    expect(await url("ftp://example.com/x")).toBe("E012 ftp://example.com/x is no http(s) URL");
  });

  it("gives up after the timeout, whether nothing or not all arrives", async () => {
    const base = await serve((request, response) => {
      if (request.url === "/half") response.write("{");
    });
    expect(await url(`${base}/none`, {}, { timeoutMs: 50 })).toBe(
      `E012 ${base}/none did not answer in 0.05 s`,
    );
    expect(await url(`${base}/half`, {}, { timeoutMs: 50 })).toBe(
      `E012 ${base}/half did not answer in 0.05 s`,
    );
  });

  it("reports a connection that is cut in the middle", async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("{");
      setTimeout(() => response.destroy(), 20);
    });
    expect(await url(`${base}/x`)).toBe(`E012 ${base}/x cannot be reached: the connection was cut`);
  });

  it("stops at the size limit, counted after decompression", async () => {
    const base = await serve((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(gzipSync(Buffer.alloc(50_000_000, 32)));
    });
    expect(await url(`${base}/x`, {}, { maxBytes: 1_000_000 })).toBe(
      `E008 ${base}/x is larger than 1 MiB, the limit`,
    );
  });

  it("does not follow redirects in a circle, nor to other schemes", async () => {
    const base = await serve((request, response) => {
      response
        .writeHead(302, { location: request.url === "/file" ? "file:///etc/passwd" : "/loop" })
        .end();
    });
    expect(await url(`${base}/loop`)).toBe(`E013 ${base}/loop redirects more than 10 times`);
    expect(await url(`${base}/file`)).toBe(
      `E013 ${base}/file redirects to something that is no http(s) URL`,
    );
  });

  it("refuses a header that HTTP cannot carry without showing it", async () => {
    const shown = await url("http://127.0.0.1:9/x", { "X-Token": "s3cret\nInjected: 1" });
    expect(shown).toBe(
      'E050 the header "X-Token" is not valid: its name or value has a character that HTTP does not allow',
    );
  });
});

describe("nameOfUrl", () => {
  it("hides what may be a secret", () => {
    expect(nameOfUrl("https://u:p@example.com/a?token=x&page=1&X-Amz-Signature=y#z")).toBe(
      "https://example.com/a?token=***&page=1&X-Amz-Signature=***",
    );
    expect(nameOfUrl("https://u:p@[bad/")).toBe("https://[bad/");
  });
});

describe("inputFromArgument", () => {
  it("tells standard input, URLs and files apart", () => {
    expect(inputFromArgument("-")).toBe("stdin");
    expect(inputFromArgument("HTTPS://x/y", { a: "b" })).toEqual({
      kind: "url",
      url: "HTTPS://x/y",
      headers: { a: "b" },
    });
    expect(inputFromArgument("openapi.json")).toEqual({ kind: "file", path: "openapi.json" });
  });
});
