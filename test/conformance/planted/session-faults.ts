import { put, answering, answeringBody, hearing, isCall, refusal } from "./change-body.js";
import type { Fault, Forward, Passing } from "./proxy.js";

const isSession = ({ target }: Passing): boolean => target.startsWith("/session");
const isPost = ({ method }: Passing): boolean => method === "POST";
/** What must be checked: calls and views, no reads. */
const isChecked = (request: Passing): boolean =>
  isPost(request) && !request.target.startsWith("/ctx/");

/** Puts the right token in the place of what was sent. */
async function giveToken(request: Passing, forward: Forward): Promise<void> {
  const { cookie } = request.headers;
  if (cookie === undefined) return;
  const headers = { host: "x", cookie, "x-mizan-protocol": "1" };
  const { body } = await forward({
    method: "GET",
    target: "/session/",
    headers,
    body: Buffer.alloc(0),
  });
  request.headers["x-csrftoken"] = (
    JSON.parse(body.toString("utf8")) as { csrf: { token: string } }
  ).csrf.token;
}

/** A fault that lets some tokens pass. */
const trusting = (
  name: string,
  found: readonly string[],
  which: (request: Passing, tokens: ReadonlySet<string>) => boolean,
): Fault => ({
  name,
  found,
  plant: () => {
    const tokens = new Set<string>();
    return {
      request: async (request, forward) => {
        if (isChecked(request) && which(request, tokens)) await giveToken(request, forward);
      },
      answer: (answer, request) => {
        if (isSession(request) && answer.status === 200)
          tokens.add(
            (JSON.parse(answer.body.toString("utf8")) as { csrf: { token: string } }).csrf.token,
          );
      },
    };
  },
});

/** Faults of sessions, of the epoch and of the checks before every POST (protocol 3.7). */
export const sessionFaults: readonly Fault[] = [
  answeringBody(
    "the session does not name its features",
    ["3.7-session"],
    isSessionAnswer,
    (body) => put(body, "features", undefined),
  ),
  answeringBody("the session has another fingerprint", ["3.7-session"], isSessionAnswer, (body) =>
    put(body, "schema", "sha256-OLD"),
  ),
  answering(
    "the session may be kept",
    ["3.7-session-no-store"],
    isSessionAnswer,
    ({ headers }) => (headers["cache-control"] = "private, no-cache"),
  ),
  answeringBody(
    "the session does not say who is there",
    ["3.7-session-user"],
    isSessionAnswer,
    (body) => put(body, "user", null),
  ),
  answering(
    "private answers have no epoch",
    ["3.7-epoch"],
    ({ target }) => target.startsWith("/ctx/shelf"),
    ({ headers }) => delete headers["x-mizan-epoch"],
  ),
  answering(
    "the epoch stays for ever",
    ["3.7-epoch-sign-in", "3.7-epoch-sign-out"],
    (_, { headers }) => headers["x-mizan-epoch"] !== undefined,
    (answer, request) => {
      answer.headers["x-mizan-epoch"] = "e-1";
      if (isSession(request))
        answer.body = Buffer.from(
          answer.body.toString("utf8").replace(/"epoch":"[^"]*"/, '"epoch":"e-1"'),
        );
    },
  ),
  answering(
    "signing in still has the epoch of before",
    ["3.7-epoch-sign-in"],
    ({ target }, { status }) => target === "/call/login" && status === 200,
    ({ headers }) => (headers["x-mizan-epoch"] = "e-nobody"),
  ),
  {
    name: "signing out leaves the session open",
    found: ["3.7-epoch-sign-out"],
    plant: () => {
      let left = "";
      return {
        request: ({ target, headers }) => {
          if (!target.startsWith("/ctx/shelf") || headers["cookie"] !== left) return undefined;
          return {
            status: 200,
            headers: { "content-type": "application/json" },
            body: Buffer.from("{}"),
          };
        },
        answer: ({ status }, { target, headers }) => {
          if (target === "/call/logout" && status === 200) left = headers["cookie"] ?? "";
        },
      };
    },
  },
  answeringBody(
    "a change of the session invalidates one context",
    ["3.4-targets", "3.7-sign-in-all"],
    ({ target }, { status }) => target === "/call/logout" && status === 200,
    (body) => put(body, "invalidate", [{ context: "me", rev: 1001 }]),
  ),
  trusting(
    "no token is asked for",
    [
      "3.7-csrf-missing",
      "3.7-csrf-missing-alone",
      "3.7-csrf-order",
      "3.7-csrf-multipart",
      "3.7-csrf-view",
      "3.7-csrf-sign-in",
    ],
    ({ headers }) => headers["x-csrftoken"] === undefined,
  ),
  trusting(
    "a wrong token passes",
    ["3.7-csrf-wrong"],
    ({ headers }, tokens) =>
      headers["x-csrftoken"] !== undefined && !tokens.has(headers["x-csrftoken"]),
  ),
  trusting("the token of anybody passes", ["3.7-csrf-other"], ({ headers }, tokens) =>
    tokens.has(headers["x-csrftoken"] ?? ""),
  ),
  trusting(
    "signing in needs no token",
    ["3.7-csrf-sign-in"],
    ({ target, headers }) => target === "/call/login" && headers["x-csrftoken"] === undefined,
  ),
  trusting(
    "multipart needs no token",
    ["3.7-csrf-multipart"],
    ({ target, headers }) =>
      target === "/call/upload_cover" && headers["x-csrftoken"] === undefined,
  ),
  trusting(
    "views need no token",
    ["3.7-csrf-view"],
    ({ target, headers }) => target.startsWith("/shelves/") && headers["x-csrftoken"] === undefined,
  ),
  hearing(
    "Origin is not looked at",
    ["3.7-csrf-origin", "3.7-csrf-origin-null"],
    isChecked,
    ({ headers }) => delete headers["origin"],
  ),
  hearing(
    "Origin null is nobody",
    ["3.7-csrf-origin-null"],
    ({ headers }) => headers["origin"] === "null",
    ({ headers }) => delete headers["origin"],
  ),
  hearing(
    "Sec-Fetch-Site is not looked at",
    ["3.7-csrf-cross-site", "3.7-csrf-multipart", "3.7-csrf-view"],
    isChecked,
    ({ headers }) => delete headers["sec-fetch-site"],
  ),
  {
    name: "programs are refused",
    found: ["3.7-csrf-alone"],
    plant: () => ({
      request: (request) =>
        isCall(request) &&
        request.headers["sec-fetch-site"] === undefined &&
        request.headers["origin"] === undefined
          ? refusal(403, "csrf_failed")
          : undefined,
    }),
  },
  {
    name: "inputs are looked at before the token",
    found: ["3.7-csrf-order"],
    plant: () => ({
      request: (request) =>
        isCall(request) &&
        request.body.toString() === "{}" &&
        request.headers["x-csrftoken"] === undefined &&
        request.headers["cookie"] !== undefined
          ? { ...refusal(422, "validation") }
          : undefined,
    }),
  },
];

function isSessionAnswer(request: Passing, { status }: { status: number }): boolean {
  return isSession(request) && status === 200;
}
