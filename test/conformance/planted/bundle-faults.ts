import { put, answering, answeringBody, bundleOf } from "./change-body.js";
import type { Fault } from "./proxy.js";

const shelfBundle = bundleOf("shelf");
const partial = ({ target }: { target: string }): boolean =>
  target.startsWith("/ctx/shelf/?shelf_id=13");

/** Faults of bundles and their caching (protocol 3.3, 3.9, 5.3, 6). */
export const bundleFaults: readonly Fault[] = [
  answeringBody("a bundle has no rev", ["3.3-envelope"], bundleOf("me"), (body) =>
    put(body, "rev", undefined),
  ),
  answeringBody("a bundle does not name its context", ["3.3-envelope"], bundleOf("me"), (body) =>
    put(body, "context", undefined),
  ),
  answeringBody(
    "a slot that is null is left out",
    ["3.3-envelope"],
    (request, answer) => bundleOf("me")(request, answer) && !request.target.includes("_only"),
    (body) => put(body, "data.current_user", undefined),
  ),
  answering(
    "a bundle is text/html",
    ["3.3-envelope"],
    bundleOf("me"),
    ({ headers }) => (headers["content-type"] = "text/html"),
  ),
  answeringBody("an id is a text", ["3.3-schema"], bundleOf("me"), (body) =>
    put(body, "data.current_user", { id: "7", name: "Rūmī" }),
  ),
  {
    name: "ETags are strong",
    found: ["3.3-etag"],
    plant: () => ({
      answer: ({ headers }) => {
        if (headers["etag"] !== undefined)
          headers["etag"] = String(headers["etag"]).replace("W/", "");
      },
    }),
  },
  answering(
    "304 does not say the rev",
    ["3.3-etag"],
    (_, { status }) => status === 304,
    ({ headers }) => delete headers["x-mizan-rev"],
  ),
  {
    name: "If-None-Match is ignored",
    found: ["3.3-etag"],
    plant: () => ({ request: ({ headers }) => void delete headers["if-none-match"] }),
  },
  answering(
    "a context of scope none may be kept",
    ["3.3-cache-none"],
    (request, answer) => bundleOf("me")(request, answer) && request.method === "GET",
    ({ headers }) => (headers["cache-control"] = "private, no-cache"),
  ),
  answering(
    "a private context may be kept by anybody",
    ["3.3-cache-private"],
    (request, answer) =>
      shelfBundle(request, answer) && answer.headers["cache-control"] === "private, no-cache",
    ({ headers }) => (headers["cache-control"] = "public, max-age=60"),
  ),
  answering(
    "a private context does not vary",
    ["3.3-cache-private"],
    shelfBundle,
    ({ headers }) => delete headers["vary"],
  ),
  answering(
    "a public context says nothing to the edge",
    ["3.3-cache-public"],
    bundleOf("catalog"),
    ({ headers }) => delete headers["cdn-cache-control"],
  ),
  answering(
    "a public context has no tag",
    ["3.3-cache-public"],
    bundleOf("catalog"),
    ({ headers }) => delete headers["cache-tag"],
  ),
  answering(
    "a public context sets a cookie",
    ["3.3-cache-public", "3.3-public-anonymous"],
    bundleOf("catalog"),
    ({ headers }) => (headers["set-cookie"] = "visited=1"),
  ),
  answeringBody(
    "a public context knows who asks",
    ["3.3-public-anonymous"],
    (request, answer) =>
      bundleOf("catalog")(request, answer) && request.headers["cookie"] !== undefined,
    (body) => put(body, "data.book_list.total", 2),
  ),
  answering(
    "a bundle with errors may be kept",
    ["3.3-partial"],
    partial,
    ({ headers }) => (headers["cache-control"] = "private, no-cache"),
  ),
  answeringBody("a slot that failed is null", ["3.3-partial"], partial, (body) =>
    put(body, "data.shelf_items", null),
  ),
  answering(
    "one slot that fails is 207",
    ["3.3-partial"],
    partial,
    (answer) => (answer.status = 207),
  ),
  answering(
    "somebody unknown is 403",
    ["3.3-unauthenticated"],
    ({ target, headers }, { status }) =>
      status === 401 && target.startsWith("/ctx/") && headers["cookie"] === undefined,
    (answer) =>
      Object.assign(answer, {
        status: 403,
        body: Buffer.from('{"status":403,"code":"forbidden"}'),
      }),
  ),
  answeringBody(
    "Accept-Language makes another body",
    ["3.3-accept"],
    (request, answer) =>
      bundleOf("shelf")(request, answer) && request.headers["accept-language"] !== undefined,
    (body) => put(body, "data.shelf_info.name", "Vers"),
  ),
  answering(
    "bundles do not say the version",
    ["3.9-headers"],
    bundleOf("me"),
    ({ headers }) => delete headers["x-mizan-protocol"],
  ),
  {
    name: "a client of another contract is refused",
    found: ["3.9-skew"],
    plant: () => ({
      answer: (answer, { headers }) => {
        if (headers["x-mizan-schema"] !== "sha256-OLD") return;
        Object.assign(answer, {
          status: 409,
          headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
          body: Buffer.from('{"status":409,"code":"skew"}'),
        });
      },
    }),
  },
  answering(
    "a URL of 5,000 bytes is too long",
    ["3.10-url"],
    ({ target }) => target.length > 5000,
    (answer) =>
      Object.assign(answer, {
        status: 414,
        headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
        body: Buffer.from('{"status":414,"code":"too_large"}'),
      }),
  ),
  {
    name: "a bundle is labelled older than it is",
    found: ["3.5-view", "5.3-after"],
    plant: () => ({
      answer: (answer, request) => {
        if (!shelfBundle(request, answer) || request.headers["if-none-match"] !== undefined) return;
        const body = JSON.parse(answer.body.toString("utf8")) as { rev: number };
        const older = { ...body, rev: body.rev - 1 };
        answer.body = Buffer.from(JSON.stringify(older));
        answer.headers["etag"] = `W/"${String(older.rev)}-older"`;
      },
      request: ({ headers }, _forward) => {
        if (headers["if-none-match"]?.includes("-older") !== true) return undefined;
        const etag = headers["if-none-match"];
        return { status: 304, headers: { etag, "x-mizan-rev": "1000" }, body: Buffer.alloc(0) };
      },
    }),
  },
  {
    name: "every other worker has a sequence of its own",
    found: ["5.3-monotonic"],
    plant: () => {
      let count = 0;
      return {
        answer: (answer, request) => {
          if (!bundleOf("me")(request, answer) || count++ % 2 === 0) return;
          const body = JSON.parse(answer.body.toString("utf8")) as { rev: number };
          answer.body = Buffer.from(JSON.stringify({ ...body, rev: body.rev - 5 }));
        },
      };
    },
  },
  answering(
    "every origin may read",
    ["6-cors"],
    ({ headers }) => headers["origin"] === "https://evil.example",
    ({ headers }) =>
      Object.assign(headers, {
        "access-control-allow-origin": "https://evil.example",
        "access-control-allow-credentials": "true",
      }),
  ),
  answering(
    "private bundles may be embedded",
    ["6-corp"],
    shelfBundle,
    ({ headers }) => delete headers["cross-origin-resource-policy"],
  ),
];
