import type { JsonObject } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import type { Case } from "../case.js";
import { headerOf, isRecord, jsonOf, memberOf } from "../http/exchange.js";
import { boundParams } from "../observe-call.js";
import { covers } from "./covers.js";
import { has, isJson } from "./bundles.js";
import { noProbe, probeOf } from "./probe.js";

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
  {
    id: "3.4-bad-json",
    title: "A body that is no JSON object is 400",
    mend: "Parse strictly: 400 with code `malformed` for what is no JSON, NaN included, for bytes that are not UTF-8, and for lists and scalars.",
    async run(lab, trial) {
      const probe = probeOf(lab);
      if (probe === undefined) return trial.gap("document", noProbe);
      const visitor = await lab.member();
      const bodies: Readonly<Record<string, string | Uint8Array>> = {
        "a truncated body": '{"a":',
        "single quotes": "{'a': 1}",
        NaN: '{"a": NaN}',
        Infinity: '{"a": -Infinity}',
        "bytes that are not UTF-8": Buffer.from([
          0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d,
        ]),
        "nothing but white space": "  ",
      };
      for (const [what, body] of Object.entries(bodies)) {
        trial.refused(
          `${probe.mutation.name}, ${what}`,
          await visitor.call(probe.mutation, body),
          [400],
          ["malformed"],
        );
      }
      for (const body of ["[]", '"text"', "7"]) {
        trial.refused(
          `${probe.mutation.name}, ${body}`,
          await visitor.call(probe.mutation, body),
          [400, 422],
        );
      }
    },
  },
  {
    id: "3.4-surrogates",
    title: "Lone surrogates in the input are refused",
    mend: "Refuse \\ud800 without its other half with 400 or 422: it cannot be written as UTF-8 and breaks whatever stores or prints it.",
    async run(lab, trial) {
      for (const mutation of lab.contract.mutations) {
        const [input] = lab.values.inputsOf(mutation).values;
        if (input === undefined || mutation.encoding !== "json" || mutation.session === "change")
          continue;
        const body = JSON.stringify(withText(input, "conformance-text")).replace(
          "conformance-text",
          "\\ud800",
        );
        if (!body.includes("\\ud800")) continue;
        trial.refused(mutation.name, await (await lab.member()).call(mutation, body), [400, 422]);
      }
      if (trial.checks === 0) trial.gap("document", "no mutation with values takes a text");
    },
  },
  {
    id: "3.4-content-type",
    title: "Another content type than JSON is 415",
    mend: "Take `application/json` (and `multipart/form-data` where files are declared); answer 415 with code `content_type` to all else, `text/plain` above all: a form on another site can send it.",
    async run(lab, trial) {
      const probe = probeOf(lab);
      if (probe === undefined) return trial.gap("document", noProbe);
      const visitor = await lab.member();
      const body = JSON.stringify(probe.invalid ?? probe.input);
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        null,
      ]) {
        const exchange = await visitor.call(probe.mutation, body, { "content-type": type });
        trial.refused(
          `${probe.mutation.name}, ${type ?? "no content type"}`,
          exchange,
          [415],
          ["content_type"],
        );
      }
      if (probe.invalid === undefined) return;
      const charset = await visitor.call(probe.mutation, body, {
        "content-type": "application/json; charset=utf-8",
      });
      trial.refused(`${probe.mutation.name}, with charset=utf-8`, charset, [422]);
    },
  },
  {
    id: "3.4-body-limit",
    title: "A body beyond the limit is 413, whether it says its length or not",
    mend: "Count bytes while reading, also of a chunked body, and answer 413 with code `too_large` before parsing anything.",
    async run(lab, trial) {
      const probe = probeOf(lab);
      if (probe === undefined) return trial.gap("document", noProbe);
      const visitor = await lab.member();
      const limit = lab.contract.limits["bodyBytes"] ?? 1024 * 1024;
      const body = JSON.stringify({ conformance: "x".repeat(limit) });
      trial.refused(
        `${probe.mutation.name}, with its length`,
        await visitor.call(probe.mutation, body),
        [413],
        ["too_large"],
      );
      trial.refused(
        `${probe.mutation.name}, in chunks`,
        await visitor.call(probe.mutation, body, {}, { chunked: true }),
        [413],
        ["too_large"],
      );
    },
  },
  {
    id: "3.4-depth",
    title: "An input that is nested too deeply is refused",
    mend: "Bound the nesting (32 levels by default) before anything recursive sees the value: some parsers fail with a 500 at a few thousand levels.",
    async run(lab, trial) {
      const probe = probeOf(lab);
      if (probe === undefined) return trial.gap("document", noProbe);
      const visitor = await lab.member();
      for (const depth of [64, 5000, 100_000]) {
        const input = JSON.stringify(probe.input).slice(0, -1);
        const body = `${input}${input.length > 1 ? "," : ""}"conformance":${"[".repeat(depth)}${"]".repeat(depth)}}`;
        trial.refused(
          `${probe.mutation.name}, ${String(depth)} levels`,
          await visitor.call(probe.mutation, body),
          [400, 413, 422],
        );
      }
    },
  },
  {
    id: "3.4-prototype",
    title: "__proto__ in an input is a key like any other",
    mend: "Read own members only: never copy parsed JSON with `Object.assign` or `o[k] =` into an object that has a prototype.",
    async run(lab, trial) {
      const mutations = lab.contract.mutations.filter(
        ({ encoding, session }) => encoding === "json" && session === "keep",
      );
      for (const mutation of mutations) {
        const [input] = lab.values.inputsOf(mutation).values;
        const invalid = lab.values.invalidInput(mutation);
        if (input === undefined || invalid === undefined || Object.keys(invalid).length > 0)
          continue;
        const visitor = await lab.member();
        const text = JSON.stringify(input);
        for (const body of [
          `{"__proto__":${text}}`,
          `{"constructor":{"prototype":${text}}}`,
          "{}",
        ]) {
          trial.refused(
            `${mutation.name}, ${body.slice(0, 14)}`,
            await visitor.call(mutation, body),
            [400, 422],
          );
        }
      }
      if (trial.checks === 0)
        trial.gap("document", "no JSON mutation with values has a required member");
    },
  },
  {
    id: "3.4-invalid",
    title: "An input that does not fit is 422 with the path of each fault",
    mend: 'Answer 422, code `validation`, `errors: [{"path": ["form", "name"], "code", "message"}]`; members of paths are texts and integers.',
    async run(lab, trial) {
      for (const mutation of lab.contract.mutations) {
        const invalid = lab.values.invalidInput(mutation);
        if (invalid === undefined || (mutation.auth === "required" && !lab.knowsAMember)) continue;
        const visitor = mutation.session === "change" ? lab.newAnonymous() : await lab.member();
        if (mutation.session === "change" && mutation.auth === "required") continue;
        const exchange = await lab.call(visitor, { ...mutation, files: [] }, invalid);
        if (!trial.refused(mutation.name, exchange, [422], ["validation"])) continue;
        const errors = memberOf(exchange, "errors");
        const right = Array.isArray(errors) && errors.length > 0 && errors.every(isFieldError);
        trial.check(
          right,
          mutation.name,
          exchange,
          "errors with path, code and message",
          JSON.stringify(errors)?.slice(0, 160) ?? "no errors",
        );
      }
      if (trial.checks === 0)
        trial.gap("document", "no mutation that can be asked has an input to get wrong");
    },
  },
];

/** `{path: (string|int)[], code, message}` */
function isFieldError(error: unknown): boolean {
  if (!isRecord(error)) return false;
  const { path, code, message } = error;
  const isPath =
    Array.isArray(path) && path.every((step) => typeof step === "string" || Number.isInteger(step));
  return isPath && typeof code === "string" && typeof message === "string";
}

const reaches = (context: string | undefined, target: string): boolean =>
  context === target || context === "*";

function listed(...lists: readonly (readonly { readonly raw: unknown }[])[]): string {
  return JSON.stringify(lists.flat().map(({ raw }) => raw)).slice(0, 200);
}

/** The value with its first free text replaced. */
function withText(value: JsonObject, text: string): JsonObject {
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === "string" && !/^[0-9a-f-]{36}$/.test(member))
      return { ...value, [name]: text };
    if (isObject(member)) {
      const inner = withText(member, text);
      if (inner !== member) return { ...value, [name]: inner };
    }
  }
  return value;
}
