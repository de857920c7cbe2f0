import type { JsonObject } from "../../document/document.js";
import type { Case } from "../case.js";
import { headerOf, isRecord, jsonOf, memberOf } from "../http/exchange.js";
import { boundParams } from "../observe-call.js";
import { covers } from "./covers.js";
import { isJson } from "./bundles.js";
import { has } from "./has-directive.js";

/** Protocol 3.4: what a call answers. */
export const callCases: readonly Case[] = [
  {
    id: "3.1-validate",
    title: "_validate answers 204 or 422, and nothing comes of it",
    mend: "Stop after validation: 204 without a body, or 422 with `errors`. No transaction, no stamps, no headers of an effect.",
    async run(lab, trial) {
      const forms = lab.contract.mutations.filter(({ form }) => form);
      if (forms.length === 0) return trial.gap("document", "the document declares no form");
      for (const mutation of forms) {
        const observed = await lab.observation(mutation);
        if (typeof observed === "string") {
          trial.gap(mutation.name, observed);
          continue;
        }
        const { visitor, targets } = observed;
        const form = { ...mutation, path: `${mutation.path}?_validate=1` };
        const before = await Promise.all(
          targets.map(({ context, params }) => visitor.readParams(context, params)),
        );
        const next = lab.values.nextInput(mutation);
        const right = await lab.call(visitor, form, next?.input ?? observed.input);
        trial.status(mutation.name, right, 204);
        trial.check(right.answer.body.length === 0, mutation.name, right, "no body");
        trial.check(
          headerOf(right, "x-mizan-invalidate") === "",
          mutation.name,
          right,
          "no X-Mizan-Invalidate",
          () => headerOf(right, "x-mizan-invalidate"),
        );
        const wrong = lab.values.invalidInput(mutation);
        if (wrong !== undefined)
          trial.refused(mutation.name, await lab.call(visitor, form, wrong), [422], ["validation"]);
        for (const [index, { context, params }] of targets.entries()) {
          const earlier = before[index];
          const later = await visitor.readParams(context, params);
          trial.check(
            earlier !== undefined &&
              JSON.stringify(jsonOf(earlier)) === JSON.stringify(jsonOf(later)),
            mutation.name,
            later,
            "the bundle as it was before the validation, its rev included",
          );
        }
      }
    },
  },
  {
    id: "3.4-result",
    title: "A call answers 200 with result, and the result fits its schema",
    mend: 'Answer 200, `application/json`, {"result": ..., "invalidate": [...], "merge": [...]}; a function without an output answers null.',
    async run(lab, trial) {
      for (const { mutation, exchange } of await lab.observations(trial.gap)) {
        if (!trial.status(mutation.name, exchange, 200)) continue;
        trial.header(mutation.name, exchange, "Content-Type", "application/json", isJson);
        const body = jsonOf(exchange);
        if (
          !trial.check(
            isRecord(body) && Object.hasOwn(body, "result"),
            mutation.name,
            exchange,
            "an object with result",
          )
        )
          continue;
        const result = memberOf(exchange, "result");
        const fault =
          mutation.output === null
            ? result === null
              ? undefined
              : "is not null"
            : lab.validate(mutation.output, result);
        trial.check(
          fault === undefined,
          mutation.name,
          exchange,
          "a result that fits the schema",
          fault ?? "",
        );
      }
    },
  },
  {
    id: "3.4-items",
    title: "What is merged and invalidated is named by what the document declares",
    mend: "Name contexts, slots and params as the document does; params are typed JSON; at most 64 items of each.",
    async run(lab, trial) {
      for (const { mutation, exchange, invalidate, merge } of await lab.observations(trial.gap)) {
        for (const item of [...invalidate, ...merge]) {
          const isMerge = merge.some((each) => each === item);
          const context = lab.contract.contexts.find(({ name }) => name === item.context);
          const all = item.context === "*" && !isMerge;
          if (
            !trial.check(
              all || context !== undefined,
              mutation.name,
              exchange,
              "a context of the document",
              JSON.stringify(item.raw).slice(0, 120),
            ) ||
            context === undefined
          )
            continue;
          for (const [name, value] of Object.entries(item.params ?? {})) {
            const param = context.params.find((each) => each.name === name);
            const fault =
              param === undefined
                ? `${name} is no param of ${context.name}`
                : lab.validate(param.schema, value);
            trial.check(
              fault === undefined,
              mutation.name,
              exchange,
              "params of the target with values of their types",
              `${name} of ${context.name}: ${fault ?? ""}`,
            );
          }
        }
        for (const item of merge) {
          const query = lab.contract.contexts
            .find(({ name }) => name === item.context)
            ?.queries.find(({ slot }) => slot === item.slot);
          trial.check(
            query !== undefined,
            mutation.name,
            exchange,
            "a slot of the context",
            JSON.stringify(item.raw).slice(0, 120),
          );
          trial.check(
            ["replace", "patch", "update", "upsert", "remove"].includes(item.mode),
            mutation.name,
            exchange,
            "a mode of section 4",
            item.mode,
          );
          trial.check(
            item.value !== null && item.value !== undefined,
            mutation.name,
            exchange,
            "a value; null is sent as an invalidate",
            "null",
          );
          const keyed = ["update", "upsert", "remove"].includes(item.mode);
          trial.check(
            !keyed || item.key.length > 0,
            mutation.name,
            exchange,
            `key, for mode ${item.mode}`,
            "none",
          );
        }
        trial.check(
          invalidate.length <= 64 && merge.length <= 64,
          mutation.name,
          exchange,
          "at most 64 items of each",
          `${String(invalidate.length)} and ${String(merge.length)}`,
        );
      }
    },
  },
  {
    id: "3.4-targets",
    title: "Every declared merge and effect is answered, as a merge or as an invalidation",
    mend: "Answer each declared merge (or an invalidation in its place, S3) and each declared `affects`: what is left out is stale on every client.",
    async run(lab, trial) {
      for (const { mutation, exchange, input, invalidate, merge } of await lab.observations(
        trial.gap,
      )) {
        if (exchange.answer.status !== 200) continue;
        const result = memberOf(exchange, "result");
        for (const target of mutation.merges) {
          const params = boundParams(target.params, input, result as JsonObject);
          const sent = merge.some(
            (item) =>
              item.context === target.context &&
              item.slot === target.slot &&
              covers(lab, item, params),
          );
          trial.check(
            sent ||
              invalidate.some(
                (item) => reaches(item.context, target.context) && covers(lab, item, params),
              ),
            mutation.name,
            exchange,
            `a merge into ${target.context}.${target.slot}, or an invalidation of ${target.context}`,
            () => listed(invalidate, merge),
          );
        }
        for (const target of mutation.affects) {
          const params = boundParams(target.params, input, result as JsonObject);
          trial.check(
            invalidate.some(
              (item) => reaches(item.context, target.context) && covers(lab, item, params),
            ),
            mutation.name,
            exchange,
            `an invalidation of ${target.context} ${JSON.stringify(params)}`,
            () => listed(invalidate, merge),
          );
        }
      }
    },
  },
  {
    id: "3.4-no-store",
    title: "Answers of calls are not stored",
    mend: "Send `Cache-Control: private, no-store` with every answer of a call.",
    async run(lab, trial) {
      for (const { mutation, exchange } of await lab.observations(trial.gap)) {
        trial.header(mutation.name, exchange, "Cache-Control", "private, no-store", (value) =>
          has(value, "no-store"),
        );
      }
    },
  },
  {
    id: "3.4-no-redirect",
    title: "A call never answers 3xx, and a redirect that it names is a path of the same origin",
    mend: 'Answer {"redirect": "/path"} in the body: fetch follows a 3xx and loses the headers. The path begins with one slash.',
    async run(lab, trial) {
      for (const { mutation, exchange } of await lab.observations(trial.gap)) {
        trial.check(
          exchange.answer.status < 300 || exchange.answer.status >= 400,
          mutation.name,
          exchange,
          "no 3xx",
        );
        const redirect = memberOf(exchange, "redirect");
        if (redirect === undefined || redirect === null) continue;
        trial.check(
          typeof redirect === "string" && /^\/(?![/\\])/.test(redirect),
          mutation.name,
          exchange,
          "a path that begins with one slash",
          JSON.stringify(redirect),
        );
      }
    },
  },
];

const reaches = (context: string | undefined, target: string): boolean =>
  context === target || context === "*";

function listed(...lists: readonly (readonly { readonly raw: unknown }[])[]): string {
  return JSON.stringify(lists.flat().map(({ raw }) => raw)).slice(0, 200);
}
