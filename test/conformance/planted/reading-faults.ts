import { put, answering, answeringBody, bundleOf, hearing, refusal } from "./change-body.js";
import type { Fault } from "./proxy.js";

const ofContexts = ({ target }: { target: string }): boolean => target.startsWith("/ctx/");
const withQuery =
  (text: string) =>
  ({ target }: { target: string }): boolean =>
    ofContexts({ target }) && target.includes(text);

/** Faults in how requests and params are read (protocol 3.1, 3.2). */
export const readingFaults: readonly Fault[] = [
  {
    name: "a context without its slash is redirected",
    found: ["3.1-slash"],
    plant: () => ({
      request: ({ target }) =>
        /^\/ctx\/\w+(\?|$)/.test(target)
          ? {
              status: 307,
              headers: { location: target.replace(/(\?|$)/, "/$1") },
              body: Buffer.alloc(0),
            }
          : undefined,
    }),
  },
  answering(
    "405 comes without Allow",
    ["3.1-method"],
    (_, { status }) => status === 405,
    (answer) => delete answer.headers["allow"],
  ),
  {
    name: "a function runs by GET",
    found: ["3.1-method"],
    plant: () => ({
      request: (request) => {
        if (request.method !== "GET" || !request.target.startsWith("/call/")) return undefined;
        return {
          status: 200,
          headers: { "content-type": "application/json", "cache-control": "no-store" },
          body: Buffer.from('{"result":null}'),
        };
      },
    }),
  },
  answeringBody(
    "an unknown function is a common 404",
    ["3.1-unknown-function"],
    ({ target }, { status }) => status === 404 && target.startsWith("/call/"),
    (body) => put(body, "code", "not_found"),
  ),
  answeringBody(
    "an unknown context is a common 404",
    ["3.1-unknown-context"],
    ({ target }, { status }) => status === 404 && target.startsWith("/ctx/"),
    (body) => put(body, "code", "not_found"),
  ),
  {
    name: "POST reads ask for a token",
    found: ["3.1-post-read"],
    plant: () => ({
      request: ({ method, target, headers }) =>
        method === "POST" && target.startsWith("/ctx/") && headers["x-csrftoken"] === undefined
          ? refusal(403, "csrf_failed")
          : undefined,
    }),
  },
  answering(
    "POST reads may be kept",
    ["3.1-post-read"],
    ({ method, target }, { status }) =>
      method === "POST" && status === 200 && target.startsWith("/ctx/"),
    ({ headers }) => (headers["cache-control"] = "private, no-cache"),
  ),
  hearing(
    "_only is ignored",
    ["3.1-only"],
    withQuery("_only="),
    (request) => (request.target = request.target.replace(/&?_only=\w+/g, "")),
  ),
  hearing(
    "any _rev passes",
    ["3.1-rev-param"],
    withQuery("_rev="),
    (request) => (request.target = request.target.replace(/&?_rev=[^&]+/g, "")),
  ),
  hearing(
    "_validate does what it should only check",
    ["3.1-validate"],
    ({ target }) => target.includes("_validate=1"),
    (request) => (request.target = request.target.replace("?_validate=1", "")),
  ),
  answering(
    "the session endpoint takes DELETE",
    ["3.1-session-read"],
    ({ method, target }) => method === "DELETE" && target === "/session/",
    (answer) =>
      Object.assign(answer, {
        status: 200,
        headers: { "content-type": "application/json" },
        body: Buffer.from("{}"),
      }),
  ),
  answeringBody("params are echoed as text", ["3.2-resolved"], bundleOf("catalog"), (body) =>
    put(body, "params.page", "2"),
  ),
  answeringBody("defaults are not written out", ["3.2-resolved"], bundleOf("catalog"), (body) =>
    put(body, "params.in_stock", undefined),
  ),
  answeringBody(
    "a default that is written out gives other data",
    ["3.2-defaults"],
    (request, answer) =>
      bundleOf("catalog")(request, answer) && request.target.includes("in_stock=false"),
    (body) => put(body, "data.book_list.total", 2),
  ),
  {
    name: "the order of params makes another ETag",
    found: ["3.2-order"],
    plant: () => ({
      request: (request) => {
        const match = request.headers["if-none-match"];
        if (match !== undefined) request.headers["if-none-match"] = match.replace("-reversed", "");
      },
      answer: ({ headers }, { target }) => {
        if (target.startsWith("/ctx/catalog/?tags=") && headers["etag"] !== undefined)
          headers["etag"] = String(headers["etag"]).replace(/"$/, '-reversed"');
      },
    }),
  },
  answeringBody(
    "unknown params become params",
    ["3.2-unknown"],
    withQueryOf("conformance_unknown"),
    (body) => put(body, "params.conformance_unknown", "1"),
  ),
  hearing(
    "of a repeated scalar the last one counts",
    ["3.2-repeated"],
    ofContexts,
    (request) => (request.target = request.target.replace(/\b(shelf_id|page)=1&(?=\1=2)/, "")),
  ),
  hearing(
    "lists may be of any length",
    ["3.2-list-limit"],
    withQuery("tags=a&tags=a"),
    (request) => (request.target = request.target.replace(/(tags=a&)+/, "")),
  ),
  answeringBody("lists lose their order", ["3.2-list"], bundleOf("catalog"), (body) =>
    put(body, "params.tags", ["a", "b"]),
  ),
  {
    name: "a missing param is 400",
    found: ["3.2-missing"],
    plant: () => ({
      request: ({ method, target }) =>
        method === "GET" && /^\/ctx\/shelf\/(\?)?$/.test(target) && target.endsWith("/")
          ? refusal(400, "malformed")
          : undefined,
    }),
  },
  answeringBody(
    "errors of params do not say which",
    ["3.2-invalid"],
    ({ target }, { status }) => status === 422 && target.startsWith("/ctx/"),
    (body) => put(body, "errors", undefined),
  ),
  hearing(
    "bounds are not checked",
    ["3.2-range"],
    withQuery("page="),
    (request) => (request.target = request.target.replace(/page=(501|0)\b/, "page=1")),
  ),
  answering(
    "NaN makes the server fail",
    ["3.2-nan", "3.6-no-fault"],
    withQuery("NaN"),
    (answer, request) =>
      request.target.includes("=NaN") ? Object.assign(answer, refusal(500, "internal")) : undefined,
  ),
  hearing(
    "bytes that are no text pass",
    ["3.2-surrogates"],
    withQuery("%ED%A0%80"),
    (request) => (request.target = request.target.replace("%ED%A0%80", "x")),
  ),
  answering(
    "a deep json param makes the server fail",
    ["3.2-json", "3.6-no-fault"],
    withQuery("%5B%5B%5B%5B"),
    (answer) => Object.assign(answer, refusal(500, "internal")),
  ),
];

function withQueryOf(text: string) {
  return ({ target }: { target: string }, { status }: { status: number }): boolean =>
    status === 200 && target.includes(text);
}
