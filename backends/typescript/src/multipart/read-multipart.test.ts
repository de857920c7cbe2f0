import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { z } from "zod";
import { openAsRumi } from "../../test/bookshop.js";
import { createBrowser, type Browser } from "../../test/browser.js";
import { expectProblem } from "../../test/expect-problem.js";
import { createRegistry } from "../registry/registry.js";
import { createHandler } from "../serve/create-handler.js";
import { readParts } from "./read-parts.js";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

interface Upload {
  readonly payload?: string | null;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly type?: string;
  readonly name?: string;
  readonly also?: string;
}

function upload(browser: Browser, { payload, bytes = png, type = "image/png", ...rest }: Upload) {
  const { name = "image", also } = rest;
  const form = new FormData();
  if (payload !== null) form.set("payload", payload ?? '{"user_id":7,"image":null}');
  form.set(name, new Blob([bytes], { type }), "a.png");
  if (also !== undefined) form.set(also, "x");
  return browser.post("/call/upload_avatar", form);
}

describe("a call with a file (protocol 3.10)", () => {
  it("puts the file where its part says, and merges the answer", async () => {
    const { status, body } = await upload(await openAsRumi(), {});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      result: { avatar_url: "/avatars/7.png" },
      merge: [{ slot: "user_profile" }, { slot: "current_user" }],
    });
  });

  it.each<[string, Upload, number, string]>([
    ["a part that is not declared", { also: "other" }, 400, "malformed"],
    ["a file under another name", { name: "image.0" }, 400, "malformed"],
    ["a name with brackets", { name: "image[__proto__]" }, 400, "malformed"],
    ["no payload", { payload: null }, 400, "malformed"],
    ["a payload that is no JSON", { payload: "{" }, 400, "malformed"],
    ["a payload with __proto__", { payload: '{"user_id":7,"__proto__":{}}' }, 400, "malformed"],
    ["a payload that is a list", { payload: "[]" }, 400, "malformed"],
    ["a file of another type", { type: "image/gif" }, 422, "validation"],
    [
      "a file that is not what it says",
      { bytes: new Uint8Array([0x3c, 0x73, 0x76, 0x67]) },
      422,
      "validation",
    ],
    ["a file of more than 5 MiB", { bytes: new Uint8Array(5_242_881) }, 413, "too_large"],
    ["a payload of more than 1 MiB", { payload: `"${"a".repeat(1_048_577)}"` }, 413, "too_large"],
    ["another user's picture", { payload: '{"user_id":8,"image":null}' }, 403, "forbidden"],
  ])("%s is refused, and nothing is kept", async (_what, sent, status, code) => {
    const rumi = await openAsRumi();
    const reply = await upload(rumi, sent);
    expectProblem(reply, status, code);
    if (status === 422) expect(reply.body["errors"]).toMatchObject([{ path: ["image"] }]);
    const { data } = (await rumi.get("/ctx/me/")).body as { data: { current_user: object } };
    expect(data.current_user).toMatchObject({ avatar_url: null });
  });

  it("a missing file, JSON in place of multipart, a body that is cut off", async () => {
    const rumi = await openAsRumi();
    const form = new FormData();
    form.set("payload", '{"user_id":7,"image":null}');
    expectProblem(await rumi.post("/call/upload_avatar", form), 422, "validation");
    expectProblem(await rumi.post("/call/upload_avatar", { user_id: 7 }), 415, "content_type");
    const cut = { "Content-Type": "multipart/form-data; boundary=b" };
    const part = '--b\r\nContent-Disposition: form-data; name="payload"\r\n\r\n{}';
    expectProblem(await rumi.post("/call/upload_avatar", part, cut), 400, "malformed");
    expectProblem(
      await rumi.post("/call/upload_avatar", part, { "Content-Type": "multipart/form-data" }),
      400,
      "malformed",
    );
  });
});

it("several files stand in their list, in their order, no more than declared", async () => {
  const registry = createRegistry({
    info: { title: "Pages", version: "1" },
    session: null,
    contexts: {},
  });
  registry.mutation(
    "scan",
    {
      auth: "none",
      input: { pages: z.array(z.file()) },
      files: [{ path: ["pages"], multiple: true, maxBytes: 10, maxCount: 2 }],
      output: z.array(z.string()),
    },
    ({ pages }) => Promise.all(pages.map(async (page) => `${page.name}: ${await page.text()}`)),
  );
  const browser = createBrowser(createHandler(registry));
  const send = (...names: string[]) => {
    const form = new FormData();
    form.set("payload", '{"pages":[null,null]}');
    for (const name of names) form.set(name, new Blob([name]), `../${name}.txt`);
    return browser.post("/call/scan", form);
  };
  expect((await send("pages.1", "pages.0")).body["result"]).toEqual([
    "pages.0.txt: pages.0",
    "pages.1.txt: pages.1",
  ]);
  expectProblem(await send("pages.2"), 400, "malformed");
});

it("parts are the same wherever the chunks are cut", async () => {
  const body =
    '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n--not\r\n' +
    '--b\r\ncontent-disposition: form-data; name="f%22"; filename="x"\r\ncontent-type: image/png\r\n\r\n\r\n' +
    "--b--\r\n";
  const bytes = new TextEncoder().encode(body);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 80 }), async (sizes) => {
      async function* chunks() {
        let offset = 0;
        for (const size of sizes) {
          yield Promise.resolve(bytes.slice(offset, (offset += size)));
        }
        yield bytes.slice(offset);
      }
      const found: string[] = [];
      for await (const { name, filename, type, chunks: own } of readParts(chunks(), "b")) {
        let text = "";
        for await (const chunk of own) text += new TextDecoder().decode(chunk);
        found.push(`${name} ${String(filename)} ${type} ${JSON.stringify(text)}`);
      }
      expect(found).toEqual(['a null text/plain "one\\r\\n--not"', 'f" x image/png ""']);
    }),
  );
});
