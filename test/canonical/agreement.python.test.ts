import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { pythonEnvironment } from "../../scripts/python-env.mjs";
import { codecsOf } from "../../src/conformance/contract/codecs.js";
import type { ParamCodec } from "../../src/ir/api.js";
import { canonicalQuery } from "../../src/kernel/canonical.js";

/**
 * T8, H11: the kernel and the Python backend write one canonical query and one key for the same params. Random params with a fixed
 * seed, so that a difference found once is found again.
 */
const root = resolve(import.meta.dirname, "../..");
const count = 10_000;
const seed = 20_261_129;

interface Case {
  readonly params: Record<string, unknown>;
  readonly encodings: Readonly<Record<string, ParamCodec>>;
  readonly context: string;
  readonly viewer: string;
  readonly rev: number;
}

interface Answer {
  readonly query?: string;
  readonly key?: string;
  readonly refused?: string;
}

const secret = "mizan-test-secret";
const app = "shop";
const fingerprint = "sha256-TESTFINGERPRINT";

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "null",
    "true",
    "",
    "a b+c",
    "!'()*~",
    "a\r\nb",
    "\u2028",
    "é",
    "\ufb33\u{1f600}",
  ),
);
/** One in a few hundred values has a lone surrogate: both sides refuse it. */
const anyText = fc.oneof(
  { weight: 300, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom("\ud800", "a\udfffb") },
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 1e16, 1e21, 1e-7, 5e-324, 0.1 + 0.2, 123456789012345680000),
);
const instant = fc
  .tuple(
    fc.date({ noInvalidDate: true, min: new Date("1000-01-01"), max: new Date("9998-12-31") }),
    fc.constantFrom("", ".0", ".10", ".123456", ".000001"),
    fc.constantFrom("Z", "z", "+00:00", "-03:30", "+14:00"),
  )
  .map(([date, fraction, offset]) => `${date.toISOString().slice(0, 19)}${fraction}${offset}`);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 40, depthSize: "medium" },
    fc.constantFrom(null, true, false),
    number,
    anyText,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom("__proto__", "constructor")), tie("value"), {
      maxKeys: 4,
    }),
  ),
})).value;
const deep = fc
  .tuple(fc.integer({ min: 28, max: 36 }), fc.constantFrom(null, 1))
  .map(([levels, leaf]) => {
    let value: unknown = leaf;
    for (let level = 0; level < levels; level++) value = [value];
    return value;
  });

const scalar = fc.oneof(number, anyText, fc.boolean());
const value: fc.Arbitrary<readonly [unknown, string | undefined]> = fc.oneof(
  fc.tuple(
    fc.oneof(scalar, fc.constant(null), fc.array(scalar)),
    fc.constantFrom(undefined, "plain"),
  ),
  // Always declared: generated code names a codec for each param, and the kernel refuses a nested value without one (decision 020).
  fc.tuple(json, fc.constant("json")),
  fc.tuple(deep, fc.constant("json")),
  fc.tuple(fc.oneof(instant, fc.constant("2026-01-02T03:04:05")), fc.constant("date-time")),
  fc.tuple(fc.array(instant), fc.constant("date-time[]")),
  fc.tuple(
    fc.oneof(
      fc.uuid(),
      fc.uuid().map((id) => id.toUpperCase()),
    ),
    fc.constantFrom("uuid", "string"),
  ),
);
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/);
const cases: fc.Arbitrary<Case> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each, maxLength: 5 }),
    name,
    fc.constantFrom("-", "u:7", "u:a%2Fb%22"),
    fc.maxSafeInteger().map(Math.abs),
  )
  .map(([params, context, viewer, rev]) => ({
    params: Object.fromEntries(params.map(([key, [each]]) => [key, each])),
    encodings: Object.fromEntries(
      params.flatMap(([key, [, codec]]) => (codec === undefined ? [] : [[key, codec]])),
    ) as Case["encodings"],
    context,
    viewer,
    rev,
  }));

describe("T8, H11: the kernel and Python agree on the canonical query and the key", () => {
  const sample = fc.sample(cases, { numRuns: count, seed });
  let answers: Answer[] = [];

  beforeAll(() => {
    const python = pythonEnvironment();
    const input = sample
      .map((each) => `${write({ ...each, secret, app, fingerprint })}\n`)
      .join("");
    const asked = spawnSync(python, ["-m", "mizan.canonical"], {
      cwd: join(root, "backends/python"),
      encoding: "utf8",
      input,
      maxBuffer: 1 << 28,
    });
    expect(asked.stderr).toBe("");
    answers = asked.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Answer);
  });

  it(`gives the same answer to ${String(count)} random params`, () => {
    expect(answers).toHaveLength(count);
    const different = sample.flatMap((each, index) => {
      const ours = answerOf(each);
      const theirs = answers[index];
      const same =
        ours.refused !== undefined
          ? theirs?.refused !== undefined
          : theirs?.query === ours.query && theirs?.key === ours.key;
      return same ? [] : [{ case: each, kernel: ours, python: theirs }];
    });
    expect(different.slice(0, 3)).toEqual([]);
    expect(different).toHaveLength(0);
  });

  it("has both accepted and refused params among them", () => {
    const refused = answers.filter((each) => each.refused !== undefined).length;
    expect(refused).toBeGreaterThan(count / 100);
    expect(refused).toBeLessThan(count / 2);
  });
});

function answerOf({ params, encodings, context, viewer, rev }: Case): Answer {
  try {
    const declared = Object.entries(encodings).map(([name, codec]) => ({ name, codec }));
    const query = canonicalQuery(params, codecsOf(declared));
    const parts = JSON.stringify(["mizan1", app, context, query, viewer, rev, fingerprint]);
    return { query, key: createHmac("sha256", secret).update(parts).digest("base64url") };
  } catch (error) {
    return { refused: String(error) };
  }
}

/** JSON that keeps what JSON.stringify loses: the zero's sign, and that a big number is no integer of arbitrary precision. */
function write(value: unknown): string {
  if (typeof value === "number") {
    if (Object.is(value, -0)) return "-0.0";
    return Number.isInteger(value) && !Number.isSafeInteger(value)
      ? value.toExponential()
      : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}:${write(each)}`,
  );
  return `{${members.join()}}`;
}
