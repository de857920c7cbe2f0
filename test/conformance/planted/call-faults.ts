import {
  put,
  answering,
  answeringBody,
  callOf,
  done,
  hearing,
  isCall,
  refusal,
} from "./change-body.js";
import type { Fault, Passing } from "./proxy.js";

const cover = callOf("upload_cover");
const update = callOf("update_item");
const text = ({ body }: Passing): string => body.toString("latin1");

/** Faults of calls and their effects (protocol 3.4 to 3.6, 3.8, 3.10, 5.3). */
export const callFaults: readonly Fault[] = [
  answeringBody("a result does not fit its schema", ["3.4-result"], update, (body) =>
    put(body, "result.qty", "5"),
  ),
  answeringBody("a call answers the result alone", ["3.4-result"], callOf("logout"), (body) =>
    put(body, "result", undefined),
  ),
  answeringBody("a merge by key has no key", ["3.4-items"], update, (body) =>
    put(body, "merge.0.key", undefined),
  ),
  answeringBody("a merge has a param that is none", ["3.4-items", "3.5-union"], update, (body) =>
    put(body, "merge.0.params.colour", "red"),
  ),
  answering("a declared effect is left out", ["3.4-targets"], callOf("rename_shelf"), (answer) => {
    answer.headers["x-mizan-invalidate"] =
      String(answer.headers["x-mizan-invalidate"]).split(",")[0] ?? "";
    const body = JSON.parse(answer.body.toString("utf8")) as object;
    answer.body = Buffer.from(JSON.stringify({ ...body, invalidate: [] }));
  }),
  answering(
    "an answer of a call may be kept",
    ["3.4-no-store"],
    cover,
    ({ headers }) => (headers["cache-control"] = "private, max-age=60"),
  ),
  answeringBody("a redirect leads to another origin", ["3.4-no-redirect"], cover, (body) =>
    put(body, "redirect", "//evil.example/"),
  ),
  answering(
    "broken JSON is 422",
    ["3.4-bad-json"],
    (request, { status }) =>
      isCall(request) && status === 400 && request.body.toString() === '{"a":',
    (answer) => Object.assign(answer, refusal(422, "validation")),
  ),
  answering(
    "broken JSON makes the server fail",
    ["3.4-bad-json", "3.6-no-fault"],
    (request) => isCall(request) && request.body.toString() === '{"a": NaN}',
    (answer) => Object.assign(answer, refusal(500, "internal")),
  ),
  hearing(
    "half a surrogate pair passes",
    ["3.4-surrogates"],
    (request) => isCall(request) && text(request).includes("\\ud800"),
    (request) => (request.body = Buffer.from(text(request).replace("\\ud800", "x"))),
  ),
  hearing(
    "a text is read as JSON",
    ["3.4-content-type"],
    ({ headers }) => headers["content-type"] === "text/plain",
    ({ headers }) => (headers["content-type"] = "application/json"),
  ),
  {
    name: "bodies may be of any length",
    found: ["3.4-body-limit"],
    plant: () => ({
      request: (request) =>
        isCall(request) &&
        request.body.length > 100_000 &&
        text(request).startsWith('{"conformance":"x')
          ? done()
          : undefined,
    }),
  },
  answering(
    "a deep input makes the server fail",
    ["3.4-depth", "3.6-no-fault"],
    (request) => text(request).includes("[".repeat(5000)),
    (answer) => Object.assign(answer, refusal(500, "internal")),
  ),
  hearing(
    "__proto__ gives an input its members",
    ["3.4-prototype"],
    (request) => text(request).startsWith('{"__proto__":'),
    (request) => (request.body = Buffer.from(request.body.toString("utf8").slice(13, -1))),
  ),
  answeringBody(
    "paths of errors are texts with dots",
    ["3.4-invalid"],
    (request, answer) => isCall(request) && answer.body.includes('"code":"validation"'),
    (body) => put(body, "errors.0.path", "a.b"),
  ),
  answering(
    "the header does not quote",
    ["3.5-grammar", "3.5-union"],
    cover,
    ({ headers }) =>
      (headers["x-mizan-invalidate"] = String(headers["x-mizan-invalidate"]).replaceAll('"', "")),
  ),
  answering(
    "the header names a context that does not exist",
    ["3.5-grammar", "3.5-union"],
    cover,
    ({ headers }) =>
      (headers["x-mizan-invalidate"] = `${String(headers["x-mizan-invalidate"])}, shelfs`),
  ),
  answering(
    "the header is JSON",
    ["3.5-grammar", "3.5-view"],
    ({ target }, { status }) => status === 200 && target.endsWith("/clear"),
    ({ headers }) => (headers["x-mizan-invalidate"] = '["shelf"]'),
  ),
  answering(
    "the header forgets what is merged",
    ["3.5-union"],
    update,
    ({ headers }) => delete headers["x-mizan-invalidate"],
  ),
  answering(
    "the header has another rev",
    ["3.5-union"],
    update,
    ({ headers }) =>
      (headers["x-mizan-invalidate"] = String(headers["x-mizan-invalidate"]).replace(
        /rev=\d+/,
        "rev=7",
      )),
  ),
  answering(
    "a read names something",
    ["3.5-nothing"],
    ({ target, method }, { status }) =>
      method === "GET" && status === 200 && target.startsWith("/ctx/me"),
    ({ headers }) => (headers["x-mizan-invalidate"] = "shelf"),
  ),
  answering(
    "a call that is refused names something",
    ["3.5-nothing"],
    (request, { status }) => isCall(request) && status === 422,
    ({ headers }) => (headers["x-mizan-invalidate"] = "shelf"),
  ),
  answering(
    "a view does not say what it changed",
    ["3.5-view"],
    ({ target }) => target.endsWith("/clear"),
    ({ headers }) => delete headers["x-mizan-invalidate"],
  ),
  answering(
    "a view answers another type",
    ["3.10-view"],
    ({ target }, { status }) => status === 200 && target.endsWith("/label.txt"),
    ({ headers }) => (headers["content-type"] = "application/octet-stream"),
  ),
  answering(
    "an unknown function is plain JSON",
    ["3.6-problem"],
    ({ target }, { status }) => status === 404 && target.startsWith("/call/"),
    ({ headers }) => (headers["content-type"] = "application/json"),
  ),
  answeringBody(
    "a problem has another status than its answer",
    ["3.6-problem"],
    (_, { status }) => status === 415,
    (body) => put(body, "status", 400),
  ),
  answering(
    "an error may be kept",
    ["3.6-no-store"],
    (_, { status }) => status === 415,
    ({ headers }) => (headers["cache-control"] = "max-age=60"),
  ),
  answeringBody(
    "an error shows a stack trace",
    ["3.6-leak"],
    (_, { status }) => status === 415,
    (body) => put(body, "detail", 'Traceback (most recent call last):\n  File "app.py", line 3'),
  ),
  answeringBody(
    "a declared error has no data",
    ["3.6-declared"],
    (_, { status }) => status === 409,
    (body) => put(body, "data", undefined),
  ),
  answering(
    "a declared error has another status",
    ["3.6-declared"],
    ({ target }, answer) => target === "/call/add_item" && answer.body.includes('"full"'),
    (answer) => Object.assign(answer, refusal(400, "full")),
  ),
  answering(
    "who is there is not asked",
    ["3.6-unauthenticated"],
    (request, { status }) => request.target === "/call/update_item" && status === 401,
    (answer) => Object.assign(answer, done()),
  ),
  hearing(
    "the protocol is not asked for",
    ["3.7-protocol"],
    isCall,
    ({ headers }) => (headers["x-mizan-protocol"] ??= "1"),
  ),
  hearing(
    "any version of the protocol will do",
    ["3.7-protocol"],
    isCall,
    ({ headers }) =>
      (headers["x-mizan-protocol"] =
        headers["x-mizan-protocol"] === "99" ? "1" : (headers["x-mizan-protocol"] ?? "none")),
  ),
  answering(
    "calls do not say the fingerprint",
    ["3.9-headers"],
    update,
    ({ headers }) => delete headers["x-mizan-schema"],
  ),
  hearing(
    "the key is not asked for",
    ["3.8-key-missing"],
    ({ target }) => target === "/call/add_item",
    ({ headers }) => (headers["idempotency-key"] ??= "none"),
  ),
  answering(
    "a replay does not say so",
    ["3.8-replay"],
    (_, { headers }) => headers["x-mizan-replay"] !== undefined,
    ({ headers }) => delete headers["x-mizan-replay"],
  ),
  answering(
    "another payload gets the old answer",
    ["3.8-key-reused"],
    (_, answer) => answer.status === 422 && answer.body.includes("idempotency_key_reused"),
    (answer) => Object.assign(answer, done()),
  ),
  {
    name: "calls at the same time run all",
    found: ["3.8-in-flight"],
    plant: () => {
      let running = 0;
      let count = 0;
      return {
        request: ({ target, headers }) => {
          if (target === "/call/add_item" && running++ > 0)
            headers["idempotency-key"] = `again-${String(count++)}`;
        },
        answer: (_, { target }) => {
          if (target === "/call/add_item") running--;
        },
      };
    },
  },
  {
    name: "any part is taken",
    found: ["3.10-undeclared-part"],
    plant: () => ({
      request: (request) =>
        isCall(request) && text(request).includes('name="conformance"') ? done() : undefined,
    }),
  },
  {
    name: "files may be of any size",
    found: ["3.10-file-size"],
    plant: () => ({
      request: (request) =>
        request.target === "/call/upload_cover" &&
        request.body.length > 20_000 &&
        request.headers["content-type"]?.startsWith("multipart") === true
          ? done()
          : undefined,
    }),
  },
  {
    name: "a file is believed to be what it says",
    found: ["3.10-file-type"],
    plant: () => ({
      request: (request) =>
        text(request).includes("<script>") && text(request).includes("image/png")
          ? done()
          : undefined,
    }),
  },
  answering(
    "a call without its payload makes the server fail",
    ["3.10-payload", "3.6-no-fault"],
    (request, { status }) =>
      request.target === "/call/upload_cover" &&
      status === 400 &&
      text(request).startsWith("--") &&
      !text(request).includes('name="payload"'),
    (answer) => Object.assign(answer, refusal(500, "internal")),
  ),
  answeringBody(
    "items of one answer differ in rev",
    ["5.3-one-rev"],
    callOf("rename_shelf"),
    (body) => put(body, "invalidate.0.rev", undefined),
  ),
  answering("a mutation has an old rev", ["5.3-rises"], update, (answer) => {
    answer.headers["x-mizan-invalidate"] = String(answer.headers["x-mizan-invalidate"]).replace(
      /rev=\d+/,
      "rev=900",
    );
    answer.body = Buffer.from(answer.body.toString("utf8").replace(/"rev":\d+/, '"rev":900'));
  }),
  answeringBody("a merge was computed before the commit", ["5.3-merge"], cover, (body) =>
    put(body, "merge.0.value.cover", null),
  ),
  {
    name: "merges are sent whatever else happened at the time",
    found: ["5.3-concurrent"],
    plant: () => {
      let running = 0;
      let most = 0;
      return {
        request: ({ target }) => {
          if (target === "/call/rename_shelf") most = Math.max(most, ++running);
        },
        answer: (answer, { target }) => {
          if (target !== "/call/rename_shelf") return;
          running--;
          if (most < 2 || answer.status !== 200) return;
          const body = JSON.parse(answer.body.toString("utf8")) as {
            merge: { value: { name: string } }[];
          };
          for (const item of body.merge) item.value.name = "Somebody else's";
          answer.body = Buffer.from(JSON.stringify(body));
        },
      };
    },
  },
  {
    name: "a call that is refused has done half of its work",
    found: ["5.3-failed"],
    plant: () => ({
      answer: async (answer, request, forward) => {
        if (request.target !== "/call/update_item" || answer.status !== 422) return;
        await forward({ ...request, body: Buffer.from('{"shelf_id":1,"item_id":1,"qty":7}') });
      },
    }),
  },
];
