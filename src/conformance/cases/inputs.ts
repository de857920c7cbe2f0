import type { JsonObject } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import type { Case } from "../case.js";
import { isRecord, memberOf } from "../http/exchange.js";
import { noProbe, probeOf } from "./probe.js";

/** Protocol 3.4: what a call must not take. */
export const inputCases: readonly Case[] = [
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
        if (
          input === undefined ||
          mutation.encoding !== "json" ||
          mutation.session === "change" ||
          !lab.serves(mutation)
        )
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
    title: "`__proto__` in an input is a key like any other",
    mend: "Read own members only: never copy parsed JSON with `Object.assign` or `o[k] =` into an object that has a prototype.",
    async run(lab, trial) {
      const mutations = lab.contract.mutations.filter(
        (mutation) =>
          mutation.encoding === "json" && mutation.session === "keep" && lab.serves(mutation),
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
        if (invalid === undefined || !lab.serves(mutation)) continue;
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
