import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../document/value-at.js";
import { canonicalQuery } from "../../kernel/canonical.js";
import type { Case } from "../case.js";
import { codecsOf } from "../contract/codecs.js";
import type { ParamContract } from "../contract/contract.js";
import { headerOf, isRecord, memberOf } from "../http/exchange.js";
import type { Laboratory } from "../laboratory.js";
import { innerSchema } from "../values/derive-value.js";
import { one, readWith } from "./param-text.js";
import { joined } from "./query-text.js";
import { sameBundle } from "./same-bundle.js";

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
