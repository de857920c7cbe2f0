import { isDeepStrictEqual } from "node:util";
import type { Case } from "../case.js";
import { has } from "./has-directive.js";
import { headerOf, isRecord, jsonOf, memberOf } from "../http/exchange.js";
import { placeOf } from "../observe-call.js";

/** Protocol 3.3: what a bundle is. */
export const bundleCases: readonly Case[] = [
  {
    id: "3.3-envelope",
    title:
      "A bundle is the envelope: version, context, params, rev, and each slot in data or in errors",
    mend: 'Answer 200 with `application/json` and {"mizan": 1, "context", "params", "rev", "data"}; a slot that is null is there, as null.',
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        const subject = `context ${context.name}`;
        if (!trial.status(subject, exchange, 200)) continue;
        trial.header(subject, exchange, "Content-Type", "application/json", isJson);
        const body = jsonOf(exchange);
        if (!trial.check(isRecord(body), subject, exchange, "a JSON object") || !isRecord(body))
          continue;
        trial.check(
          body["mizan"] === 1,
          subject,
          exchange,
          "mizan: 1",
          `mizan: ${JSON.stringify(body["mizan"])}`,
        );
        trial.check(
          body["context"] === context.name,
          subject,
          exchange,
          `context: "${context.name}"`,
          `context: ${JSON.stringify(body["context"])}`,
        );
        trial.check(
          isRecord(body["params"]),
          subject,
          exchange,
          "params: an object",
          `params: ${JSON.stringify(body["params"])}`,
        );
        trial.check(
          isRevision(body["rev"]),
          subject,
          exchange,
          "rev: an integer of at most 15 digits",
          `rev: ${JSON.stringify(body["rev"])}`,
        );
        const data = isRecord(body["data"]) ? Object.keys(body["data"]) : [];
        const errors = isRecord(body["errors"]) ? Object.keys(body["errors"]) : [];
        const slots = context.queries.map(({ slot }) => slot).sort();
        trial.check(
          isDeepStrictEqual([...data, ...errors].sort(), slots),
          subject,
          exchange,
          `the slots ${slots.join(", ")}`,
          `data: ${data.join(", ")}${errors.length > 0 ? `; errors: ${errors.join(", ")}` : ""}`,
        );
      }
    },
  },
  {
    id: "3.3-schema",
    title: "Every slot fits the schema that the document declares for it",
    mend: "Serialise answers by the declared output: required members there, decimals and dates as text, nothing that `additionalProperties` forbids.",
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        const data = memberOf(exchange, "data");
        if (!isRecord(data)) continue;
        for (const { name, slot, output } of context.queries) {
          if (!Object.hasOwn(data, slot)) continue;
          const fault = lab.validate(output, data[slot]);
          trial.check(
            fault === undefined,
            name,
            exchange,
            `${slot} as its schema has it`,
            fault ?? "",
          );
        }
      }
    },
  },
  {
    id: "3.3-partial",
    title:
      "When one slot fails, the others are answered, with its problem in errors and nothing stored",
    mend: "Answer 200, leave the slot out of `data`, put its problem under its name into `errors`, and send `Cache-Control: private, no-store`.",
    async run(lab, trial) {
      for (const context of lab.contract.contexts) {
        for (const given of lab.values.special(`${context.name}/errors`)) {
          const place = placeOf(lab, context.name, given);
          const visitor = await lab.visitorFor("optional");
          if (typeof visitor === "string" || place === undefined) continue;
          const exchange = await visitor.readParams(context, place.params);
          const subject = `context ${context.name}`;
          if (!trial.status(subject, exchange, 200)) continue;
          const errors = memberOf(exchange, "errors");
          const data = memberOf(exchange, "data");
          if (
            !trial.check(
              isRecord(errors) && Object.keys(errors).length > 0,
              subject,
              exchange,
              "errors with the slot that failed",
            )
          )
            continue;
          for (const [slot, problem] of Object.entries(isRecord(errors) ? errors : {})) {
            trial.check(
              !isRecord(data) || !Object.hasOwn(data, slot),
              subject,
              exchange,
              `data without ${slot}`,
              `data with ${slot}`,
            );
            trial.check(
              isRecord(problem) &&
                typeof problem["code"] === "string" &&
                typeof problem["status"] === "number",
              subject,
              exchange,
              "a problem with status and code",
              JSON.stringify(problem).slice(0, 100),
            );
          }
          trial.header(
            subject,
            exchange,
            "Cache-Control",
            "private, no-store",
            (value) => has(value, "private") && has(value, "no-store"),
          );
          trial.check(
            headerOf(exchange, "cdn-cache-control") === "",
            subject,
            exchange,
            "no CDN-Cache-Control",
            "CDN-Cache-Control",
          );
        }
      }
      if (trial.checks === 0)
        trial.gap(
          "document",
          'no params are known with which a slot fails: give --values with "<context>/errors": [{...}]',
        );
    },
  },
  {
    id: "3.3-unauthenticated",
    title: "A context whose functions all ask who is there is 401 for somebody unknown",
    mend: "When every function fails, answer their common status: 401 with code `unauthenticated`.",
    async run(lab, trial) {
      for (const context of lab.contract.contexts) {
        if (context.queries.length === 0 || context.queries.some(({ auth }) => auth !== "required"))
          continue;
        const { values } = lab.values.paramsOf(context);
        const exchange = await lab.newAnonymous().readParams(context, values[0] ?? {});
        trial.refused(`context ${context.name}`, exchange, [401], ["unauthenticated"]);
      }
      if (trial.checks === 0) trial.gap("document", "no context asks who is there");
    },
  },
  {
    id: "3.3-accept",
    title: "Headers of the request do not change the body",
    mend: "JSON only: neither Accept-Language nor any other header may shape a bundle, unless `cache.vary` lists it (solid#3128).",
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        const exchange = await visitor.readParams(context, params);
        const other = await visitor.readParams(context, params, {
          "accept-language": "fr",
          accept: "*/*",
          "x-requested-with": "XMLHttpRequest",
          "hx-request": "true",
        });
        const subject = `context ${context.name}`;
        if (!trial.status(subject, other, exchange.answer.status)) continue;
        trial.check(
          isDeepStrictEqual(memberOf(exchange, "data"), memberOf(other, "data")),
          subject,
          other,
          "the same data",
        );
      }
    },
  },
];

export const isJson = (type: string): boolean => /^application\/json\s*(;|$)/i.test(type);

const isRevision = (rev: unknown): boolean =>
  Number.isSafeInteger(rev) && (rev as number) >= 0 && (rev as number) < 1e15;
