import type { Case } from "../case.js";
import { multipartBody, type Part } from "../http/multipart-body.js";
import type { Exchange } from "../http/exchange.js";
import type { MutationContract } from "../contract/contract.js";
import type { Visitor } from "../http/visitor.js";
import type { Laboratory } from "../laboratory.js";
import type { Trial } from "../trial.js";
import { partsOf } from "../values/file-values.js";

/** Protocol 3.10: files. */
export const multipartCases: readonly Case[] = [
  {
    id: "3.10-undeclared-part",
    title: "A part that is not declared is refused",
    mend: "Take the part `payload` and the declared files, by their paths; refuse any other before it is buffered, dotted names above all: they must not become objects.",
    async run(lab, trial) {
      for (const { mutation, visitor, parts } of await uploads(lab, trial)) {
        const file = parts.find(({ name }) => name !== "payload");
        for (const name of ["conformance", "__proto__.polluted", "payload.name"]) {
          const exchange = await send(visitor, mutation, [
            ...parts,
            { name, value: file?.value ?? "1" },
          ]);
          trial.refused(`${mutation.name}, part ${name}`, exchange, [400, 413, 415, 422]);
        }
      }
    },
  },
  {
    id: "3.10-file-size",
    title: "A file beyond its size is refused",
    mend: "Count while reading and answer 413 with code `too_large` (or 422 at the path of the file).",
    async run(lab, trial) {
      for (const { mutation, visitor, parts } of await uploads(lab, trial)) {
        for (const field of mutation.files) {
          if (field.maxBytes === undefined) continue;
          const name = [...field.path, ...(field.multiple ? [0] : [])].join(".");
          const part = parts.find((each) => each.name === name);
          if (part === undefined || typeof part.value === "string") continue;
          const bytes = Buffer.concat([part.value.bytes, Buffer.alloc(field.maxBytes)]);
          const others = parts.filter((each) => each !== part);
          const exchange = await send(visitor, mutation, [
            ...others,
            { name, value: { ...part.value, bytes } },
          ]);
          trial.refused(`${mutation.name}, ${name}`, exchange, [413, 422]);
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no file has a size declared");
    },
  },
  {
    id: "3.10-file-type",
    title: "A file of another type is refused, whatever it says that it is",
    mend: "Look at the first bytes of the file, not only at the content type of its part.",
    async run(lab, trial) {
      for (const { mutation, visitor, parts } of await uploads(lab, trial)) {
        for (const field of mutation.files.filter(({ accept }) =>
          accept.some((type) => type.startsWith("image/")),
        )) {
          const name = [...field.path, ...(field.multiple ? [0] : [])].join(".");
          const part = parts.find((each) => each.name === name);
          if (part === undefined || typeof part.value === "string") continue;
          const others = parts.filter((each) => each !== part);
          const bytes = Buffer.from("<html><script>alert(1)</script></html>");
          for (const type of ["text/html", part.value.type]) {
            const exchange = await send(visitor, mutation, [
              ...others,
              { name, value: { ...part.value, type, bytes } },
            ]);
            trial.refused(`${mutation.name}, HTML as ${type}`, exchange, [415, 422]);
          }
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no file is declared to be an image");
    },
  },
  {
    id: "3.10-payload",
    title: "A multipart call without its payload, or with a broken one, is refused",
    mend: "Answer 400 `malformed` (or 422) when the part `payload` is missing, stands twice or is no JSON object.",
    async run(lab, trial) {
      for (const { mutation, visitor, parts } of await uploads(lab, trial)) {
        const files = parts.filter(({ name }) => name !== "payload");
        const payload = parts.find(({ name }) => name === "payload");
        const wrong: readonly (readonly [string, readonly Part[]])[] = [
          ["no payload", files],
          ["a broken payload", [{ name: "payload", value: "{" }, ...files]],
          ["a list", [{ name: "payload", value: "[]" }, ...files]],
          ["two payloads", [...(payload === undefined ? [] : [payload, payload]), ...files]],
        ];
        for (const [what, list] of wrong)
          trial.refused(
            `${mutation.name}, ${what}`,
            await send(visitor, mutation, list),
            [400, 422],
          );
      }
    },
  },
  {
    id: "3.10-url",
    title: "A URL of 8,192 bytes is accepted, and one far beyond is refused",
    mend: "Set the limits of the HTTP server so that 8,192 bytes of URL pass; answer 414 (or 431) beyond your own.",
    async run(lab, trial) {
      for (const { context, visitor, exchange } of (await lab.readings(trial.gap)).slice(0, 1)) {
        const { target } = exchange.request;
        const joint = target.includes("?") ? "&" : "?";
        const fixed = `${lab.server.origin}${target}${joint}conformance=`.length;
        const padded = (length: number): string =>
          `${target}${joint}conformance=${"x".repeat(length - fixed)}`;
        const headers = context.scope === "public" ? {} : { "x-mizan-protocol": "1" };
        const subject = `context ${context.name}`;
        trial.status(
          subject,
          await visitor.send({ method: "GET", target: padded(8192), headers }),
          200,
        );
        const long = await visitor.send({
          method: "GET",
          target: padded(100_000),
          headers,
          beneathFramework: true,
        });
        trial.check(
          long.answer.status !== 200 && long.answer.status < 500,
          subject,
          long,
          "a refusal: 414, 431, 413 or 400, or the connection cut",
        );
      }
    },
  },
];

interface Upload {
  readonly mutation: MutationContract;
  readonly visitor: Visitor;
  readonly parts: readonly Part[];
}

async function uploads(lab: Laboratory, trial: Trial): Promise<Upload[]> {
  const mutations = lab.contract.mutations.filter(({ encoding }) => encoding === "multipart");
  if (mutations.length === 0) trial.gap("document", "no mutation takes files");
  const found: Upload[] = [];
  for (const mutation of mutations) {
    const observed = await lab.observation(mutation);
    if (typeof observed === "string") trial.gap(mutation.name, observed);
    else
      found.push({ mutation, visitor: observed.visitor, parts: partsOf(mutation, observed.input) });
  }
  return found;
}

function send(
  visitor: Visitor,
  mutation: MutationContract,
  parts: readonly Part[],
): Promise<Exchange> {
  const { body, contentType } = multipartBody(parts);
  return visitor.call(mutation, body, { "content-type": contentType });
}
