import type { JsonObject } from "../../document/document.js";
import type { Case } from "../case.js";
import type { ParamContract } from "../contract/contract.js";
import { isRecord, memberOf, type Exchange } from "../http/exchange.js";
import type { Trial } from "../trial.js";
import { innerSchema } from "../values/derive-value.js";
import { one, readWith } from "./param-text.js";
import { joined } from "./query-text.js";

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

/** Protocol 3.2: params that must be refused. */
export const wrongParamCases: readonly Case[] = [
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
    id: "3.2-list-limit",
    title: "A list of more than 100 items is refused",
    mend: "Bound the lists of params (100 items by default): each item makes another key of the caches.",
    run: refusing(
      (param) =>
        param.codec.endsWith("[]")
          ? [joined(...Array.from({ length: 101 }, () => one(param, itemText(param))))]
          : [],
      [400, 413, 414, 422],
      "no context that can be read has a list for a param",
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

/** Text of an item that is right by itself. */
function itemText({ codec }: ParamContract): string {
  const texts: Readonly<Record<string, string>> = {
    "number[]": "1",
    "boolean[]": "true",
    "uuid[]": "00000000-0000-4000-8000-000000000001",
    "date-time[]": "2026-01-02T03%3A04%3A05Z",
  };
  return texts[codec] ?? "a";
}
