import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../document/document.js";
import { build, findingsOf } from "../test/findings.js";
import { mutation, query, ref, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const text = { type: "string" };
const user = query(ref("User"));

describe("wrong shapes", () => {
  const values: readonly JsonValue[] = [3, true, "text", [], {}, [null], [3], [[]], [{}], { a: 3 }];
  const keys = [
    ...[
      "name",
      "path",
      "method",
      "operationId",
      "module",
      "auth",
      "errors",
      "deprecated",
      "stability",
      "summary",
    ],
    ...[
      "description",
      "tags",
      "examples",
      "context",
      "slot",
      "params",
      "output",
      "key",
      "optional",
      "pagination",
    ],
    ...[
      "input",
      "encoding",
      "files",
      "form",
      "merge",
      "affects",
      "idempotent",
      "csrf",
      "session",
      "concurrency",
    ],
    ...[
      "produces",
      "event",
      "transport",
      "resumable",
      "isContext",
      "hasInput",
      "outputNullable",
      "isForm",
    ],
  ];
  const view = { kind: "view", method: "GET", path: "/v", produces: ["text/html"], auth: true };

  it.each(keys)(
    "in %j are errors with a place, or have a meaning; never an exception",
    async (key) => {
      for (const value of values) {
        for (const base of [user, mutation(), view, { kind: "subscription" }]) {
          const { api, findings } = await build(
            small({ f: { ...base, [key]: value }, read: user }),
          );
          if (api === null) expect(findings.some((finding) => finding.startsWith("E"))).toBe(true);
        }
      }
    },
  );

  it("are all reported, not the first alone", async () => {
    const wrong = { ...mutation(), merge: 3, affects: 4, csrf: "no", files: {}, auth: 5 };
    expect(await findingsOf(small({ read: user, f: wrong }))).toEqual([
      ...["affects", "auth", "csrf", "files", "merge"].map((key) => `E103 ${at}/f/${key}`),
    ]);
  });

  it("in x-mizan are reported as well", async () => {
    const meta = {
      version: "1.0",
      contexts: 3,
      base: "api",
      session: { path: 3 },
      limits: { a: -1 },
      features: {},
      fingerprint: "md5",
    };
    expect(await findingsOf({ ...small({ read: user }), "x-mizan": meta })).toEqual([
      "E103 #/x-mizan/base",
      "E103 #/x-mizan/contexts",
      "E103 #/x-mizan/features",
      "E103 #/x-mizan/fingerprint",
      "E103 #/x-mizan/limits/a",
      "E103 #/x-mizan/session/path",
    ]);
  });

  it("in `paths` do no harm: nothing in them is needed", async () => {
    for (const paths of [
      { "/ctx/user/": 3 },
      { "/ctx/user/": { get: [] } },
      { "/ctx/user/": { get: { parameters: {}, responses: [] } } },
    ]) {
      expect(await findingsOf(small({ read: user }, { paths }))).toEqual([]);
    }
  });
});

describe("a strict document", () => {
  it("must say what it takes and gives: nothing is derived for it", async () => {
    const functions = {
      a: { kind: "query", context: "user", output: ref("User"), auth: { mode: "none" } },
      b: { kind: "mutation", auth: { mode: "none" } },
      c: { kind: "view", auth: { mode: "none" }, path: "/c" },
      d: { kind: "query", auth: { mode: "none" }, params: [], output: text },
    };
    expect(await findingsOf(small(functions, { contexts: {} }))).toEqual([
      `E103 ${at}/a`,
      `E103 ${at}/b`,
      `E103 ${at}/b`,
      `E103 ${at}/c`,
      `E103 ${at}/c`,
      `E103 ${at}/d`,
    ]);
  });
});
