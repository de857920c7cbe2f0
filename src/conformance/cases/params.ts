import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import { canonicalQuery } from "../../kernel/canonical.js";
import type { Case } from "../case.js";
import { codecsOf, type ParamContract } from "../contract/contract.js";
import { headerOf, isRecord, memberOf, type Exchange } from "../http/exchange.js";
import type { Laboratory, Reading } from "../laboratory.js";
import type { Trial } from "../trial.js";
import { innerSchema } from "../values/derive-value.js";
import { joined } from "./query-text.js";
import { sameBundle } from "./same-bundle.js";

/** Texts that no server may let through for a param of some kind. */
type WrongTexts = (param: ParamContract, schema: JsonObject) => readonly string[];

/** A case that sends one wrong param after the other. */
function refusing(
  wrong: WrongTexts,
  statuses: readonly number[],
  nothing: string,
  judge?: (trial: Trial, subject: string, exchange: Exchange, param: ParamContract) => void,
): Case["run"] {
  return async (lab, trial) => {
    for (const reading of await lab.readings(trial.gap)) {
      for (const param of reading.context.params) {
        for (const text of wrong(param, innerSchema(param.schema, lab.contract.components))) {
          const exchange = await readWith(reading, param, text);
          const subject = `param ${param.name} of context ${reading.context.name}`;
          if (trial.refused(subject, exchange, statuses)) judge?.(trial, subject, exchange, param);
        }
      }
    }
    if (trial.checks === 0 && trial.gaps.length === 0) trial.gap("document", nothing);
  };
}

/** GET with another text for one param; the text stands as it goes over the wire. */
function readWith(
  { context, visitor, params }: Reading,
  param: ParamContract,
  text: string,
): Promise<Exchange> {
  const { [param.name]: _, ...others } = params;
  return visitor.read(context, joined(canonicalQuery(others, codecsOf(context.params)), text));
}

const one = (param: ParamContract, text: string): string => `${param.name}=${text}`;
const isScalar = ({ codec }: ParamContract): boolean => codec !== "json" && !codec.endsWith("[]");

const invalid: WrongTexts = (param, schema) => {
  if (param.codec === "json") return [one(param, "%7B%22"), one(param, "%7B%22a%22%3ANaN%7D")];
  const texts: string[] = [];
  const element = param.codec.replace("[]", "");
  if (element === "number") texts.push(one(param, "abc"), one(param, "%7B%7D"));
  if (element === "boolean") texts.push(one(param, "maybe"));
  if (element === "uuid") texts.push(one(param, "not-a-uuid"));
  if (element === "date-time")
    texts.push(one(param, "yesterday"), one(param, "2026-01-02T03%3A04%3A05"));
  if (schema["enum"] !== undefined) texts.push(one(param, "conformance_no_such_value"));
  return texts;
};

const outOfRange: WrongTexts = (param, { minimum, maximum }) => {
  if (param.codec !== "number") return [];
  return [
    ...(typeof minimum === "number" ? [one(param, String(minimum - 1))] : []),
    ...(typeof maximum === "number" ? [one(param, String(maximum + 1))] : []),
  ];
};

/** Protocol 3.2: params and their text. */
export const paramCases: readonly Case[] = [
  {
    id: "3.2-resolved",
    title:
      "The params of a bundle are resolved: typed JSON that fits the schemas, defaults written out",
    mend: 'Answer `params` from the validated values, never from the text of the query: `{"page": 1}`, not `{"page": "1"}` and not `{}`.',
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        const params = memberOf(exchange, "params");
        if (!isRecord(params)) continue;
        for (const { name, schema, required } of context.params) {
          const subject = `param ${name} of context ${context.name}`;
          const fallback = defaultOf(lab, schema);
          const written = Object.hasOwn(params, name);
          if (!written && (required || (fallback !== undefined && fallback !== null))) {
            trial.check(false, subject, exchange, `${name} among the params`, "it is not there");
          }
          if (!written) continue;
          const fault = lab.validate(schema, params[name]);
          trial.check(
            fault === undefined,
            subject,
            exchange,
            "a value of its schema",
            `${JSON.stringify(params[name])}: ${fault ?? ""}`,
          );
        }
        const extra = Object.keys(params).filter(
          (name) => !context.params.some((param) => param.name === name),
        );
        trial.check(
          extra.length === 0,
          `context ${context.name}`,
          exchange,
          "declared params only",
          extra.join(", "),
        );
      }
    },
  },
  {
    id: "3.2-defaults",
    title: "A default that is written out gives the same bundle as one that is left out",
    mend: "Apply defaults first; everything after that sees resolved values only.",
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        const exchange = await visitor.readParams(context, params);
        const resolved = memberOf(exchange, "params");
        if (!isRecord(resolved) || context.params.every(({ required }) => required)) continue;
        const written = await visitor.readParams(context, {
          ...params,
          ...declaredOnly(context.params, resolved),
        });
        const subject = `context ${context.name}`;
        if (trial.status(subject, written, 200)) sameBundle(trial, subject, exchange, written);
      }
      if (trial.checks === 0)
        trial.gap("document", "no context that can be read has a param with a default");
    },
  },
  {
    id: "3.2-order",
    title: "Both orders of params give the same bundle and the same ETag",
    mend: "Build the key of a bundle from sorted, resolved params, not from the text of the query.",
    async run(lab, trial) {
      for (const { context, visitor, params, exchange } of await lab.readings(trial.gap)) {
        const resolved = memberOf(exchange, "params");
        const whole = {
          ...(isRecord(resolved) ? declaredOnly(context.params, resolved) : {}),
          ...params,
        };
        const pairs = canonicalQuery(whole, codecsOf(context.params)).split("&");
        const names = new Set(pairs.map((pair) => pair.split("=")[0]));
        if (names.size < 2) continue;
        const sorted = await visitor.read(context, pairs.join("&"));
        // Texts of one param keep their order: they are a list.
        const groups = [...names]
          .reverse()
          .map((name) => pairs.filter((pair) => pair.split("=")[0] === name));
        const reversed = await visitor.read(context, groups.flat().join("&"));
        const subject = `context ${context.name}`;
        if (!trial.status(subject, reversed, 200)) continue;
        if (sameBundle(trial, subject, sorted, reversed)) {
          trial.header(
            subject,
            reversed,
            "ETag",
            headerOf(sorted, "etag") || "none",
            (value) => value === headerOf(sorted, "etag"),
          );
        }
      }
      if (trial.checks === 0) trial.gap("document", "no context that can be read has two params");
    },
  },
  {
    id: "3.2-unknown",
    title: "Unknown params are ignored and not part of the bundle's params",
    mend: "Ignore names that no function declares; they must be no part of a key, or anybody could fill the caches.",
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        const exchange = await visitor.readParams(context, params);
        const base = canonicalQuery(params, codecsOf(context.params));
        const more = await visitor.read(
          context,
          joined(base, "conformance_unknown=1", "utm_source=a", "__proto__=1"),
        );
        const subject = `context ${context.name}`;
        if (trial.status(subject, more, 200)) sameBundle(trial, subject, exchange, more);
      }
    },
  },
  {
    id: "3.2-repeated",
    title: "A scalar that stands twice is 400",
    mend: "Refuse a repeated scalar with 400: caches, proxies and frameworks disagree on which of them counts.",
    run: refusing(
      (param) => (isScalar(param) ? [joined(one(param, "1"), one(param, "2"))] : []),
      [400],
      "no context that can be read has a scalar param",
    ),
  },
  {
    id: "3.2-list",
    title: "The items of a list keep their order",
    mend: "Read a list from its repeated key in the order of the query.",
    async run(lab, trial) {
      for (const reading of await lab.readings(trial.gap)) {
        for (const param of reading.context.params.filter(({ codec }) => codec === "string[]")) {
          const exchange = await readWith(reading, param, joined(one(param, "b"), one(param, "a")));
          const params = memberOf(exchange, "params");
          const list = isRecord(params) ? params[param.name] : undefined;
          trial.check(
            isDeepStrictEqual(list, ["b", "a"]),
            `param ${param.name} of context ${reading.context.name}`,
            exchange,
            '["b","a"] among the params',
            JSON.stringify(list) ?? "absent",
          );
        }
      }
      if (trial.checks === 0)
        trial.gap("document", "no context that can be read has a list of texts for a param");
    },
  },
  {
    id: "3.2-missing",
    title: "A required param that is missing is 422",
    mend: "Answer 422 with code `validation` for the whole bundle.",
    async run(lab, trial) {
      for (const reading of await lab.readings(trial.gap)) {
        for (const param of reading.context.params.filter(({ required }) => required)) {
          const exchange = await readWith(reading, param, "");
          trial.refused(
            `param ${param.name} of context ${reading.context.name}`,
            exchange,
            [422],
            ["validation"],
          );
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no context has a required param");
    },
  },
  {
    id: "3.2-invalid",
    title: "A param of another type is 422, and the error says which",
    mend: "Answer 422 with code `validation` and `errors: [{path: [name], code, message}]`; broken JSON in a `json` param may be 400.",
    run: refusing(
      invalid,
      [422, 400],
      "no context that can be read has a param to get wrong",
      (trial, subject, exchange, param) => {
        if (exchange.answer.status !== 422) return;
        const errors = memberOf(exchange, "errors");
        const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
        const path = isRecord(first) ? first["path"] : undefined;
        trial.check(
          Array.isArray(path) && path[0] === param.name,
          subject,
          exchange,
          `errors with the path ["${param.name}", ...]`,
          JSON.stringify(errors) ?? "no errors",
        );
      },
    ),
  },
  {
    id: "3.2-range",
    title: "A param beyond its bounds is 422",
    mend: "Check `minimum` and `maximum` on the server: bounds on pages keep the caches small.",
    run: refusing(outOfRange, [422], "no context that can be read has a param with bounds"),
  },
  {
    id: "3.2-nan",
    title: "NaN, Infinity and integers beyond 2^53-1 are refused",
    mend: "Refuse what JSON cannot carry with 400 or 422: a NaN that gets in ends as a 500 when the answer is written.",
    run: refusing(
      (param) =>
        param.codec === "number"
          ? ["NaN", "Infinity", "-Infinity", "1e999", "9007199254740993"].map((text) =>
              one(param, text),
            )
          : [],
      [400, 422],
      "no context that can be read has a number for a param",
    ),
  },
  {
    id: "3.2-surrogates",
    title: "Texts that are no Unicode are refused",
    mend: "Refuse percent-encoded bytes that are not UTF-8, lone surrogates among them, with 400 (or 422).",
    run: refusing(
      (param) => {
        if (param.codec === "json")
          return [one(param, "%22%5Cud800%22"), one(param, "%7B%22%5Cud800%22%3A1%7D")];
        return param.codec.startsWith("string") ? [one(param, "%ED%A0%80"), one(param, "%FF")] : [];
      },
      [400, 422],
      "no context that can be read has a text for a param",
    ),
  },
  {
    id: "3.2-json",
    title: "A json param that is too deep or too long is refused",
    mend: "Bound `json` params (32 levels, 2 KiB by default) before they are parsed or used.",
    run: refusing(
      (param) => {
        if (param.codec !== "json") return [];
        const deep = "%5B".repeat(200) + "%5D".repeat(200);
        const long = encodeURIComponent(JSON.stringify({ conformance: "x".repeat(3000) }));
        return [one(param, deep), one(param, long)];
      },
      [400, 413, 414, 422],
      "no context that can be read has a json param",
    ),
  },
];

function declaredOnly(
  params: readonly ParamContract[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    params.flatMap(({ name }) => (Object.hasOwn(values, name) ? [[name, values[name]]] : [])),
  );
}

function defaultOf(lab: Laboratory, schema: ParamContract["schema"]): unknown {
  const outer = isObject(schema) ? schema["default"] : undefined;
  return outer === undefined ? innerSchema(schema, lab.contract.components)["default"] : outer;
}
