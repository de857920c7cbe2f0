import fc from "fast-check";
import type { Api, Binding } from "../../ir/api.js";
import type { JsonValue } from "../../ir/json.js";
import { docs, json, memberName, typeNode } from "./arbitrary-types.js";
import { api, context, contract, mutation, named, param, query, ref, view } from "./build.js";

const letters = "abcdefghijklmnopqrstuvwxyz".split("");
const words = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: min, maxLength: max });

/** Wire names of every length up to where even a file name would be cut. */
const wireName = fc.oneof(words(2, 8), words(8, 30), words(30, 60));

const someDocs = fc.option(docs, { nil: undefined });

const binding: fc.Arbitrary<Binding> = fc.record({
  param: memberName,
  source: fc.oneof(
    fc
      .array(memberName, { minLength: 1, maxLength: 3 })
      .map((path) => ({ from: "input" as const, path })),
    json.map((value: JsonValue) => ({ from: "const" as const, value })),
    fc.constant({ from: "server" as const }),
  ),
});

const bindings = fc.array(binding, { maxLength: 3 });

const params = fc.uniqueArray(
  fc
    .record({ name: memberName, type: typeNode, required: fc.boolean(), docs: someDocs })
    .map(({ name, type, ...rest }) => param(name, type, rest)),
  { maxLength: 4, selector: (one) => one.name },
);

/** A contract with one of everything, names and texts at random. Names are unique by their endings. */
export const anyApi: fc.Arbitrary<Api> = fc
  .record({
    names: fc.tuple(wireName, wireName, wireName, wireName),
    type: typeNode,
    output: typeNode,
    params,
    bindings: fc.tuple(bindings, bindings),
    docs: someDocs,
    errors: fc.uniqueArray(memberName, { maxLength: 3 }),
    fingerprint: fc.option(memberName, { nil: undefined }),
    features: fc.array(memberName, { maxLength: 8 }),
    constraint: json,
    flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  .map(({ names, params: some, docs: text, errors, flags, ...rest }) => {
    const [contextName, slot, mutationName, viewName] = names;
    const name = `${contextName.slice(0, 40)}_x`;
    const failures = errors.map((code, index) => ({
      code,
      status: 409,
      data: index % 2 === 0 ? ref("Named") : null,
    }));
    return api({
      contract: { ...contract, fingerprint: rest.fingerprint, features: rest.features },
      types: [named("Named", rest.type, flags[0] ? "both" : "out", text)],
      contexts: [
        context(name, {
          params: some,
          docs: text,
          queries: [
            query(`${slot}_q`, rest.output, {
              slot,
              optional: flags[1],
              docs: text,
              errors: failures,
            }),
          ],
        }),
      ],
      mutations: [
        mutation(`${mutationName}_m`, {
          input: rest.type,
          argument: flags[0] ? "optional" : "required",
          output: rest.output,
          docs: text,
          errors: failures,
          merges: [
            {
              context: name,
              slot,
              mode: "replace",
              key: [],
              value: [],
              params: rest.bindings[0],
              onNull: "invalidate",
            },
          ],
          affects: [{ context: name, params: rest.bindings[1], viewers: "all" }],
          idempotent: flags[1],
          form: {
            type: rest.type,
            at: [],
            fields: [
              {
                path: [slot],
                required: true,
                sensitive: flags[2],
                label: text?.summary,
                constraints: { pattern: rest.constraint },
              },
            ],
          },
        }),
      ],
      views: [
        view(`${viewName}_v`, {
          params: some,
          path: `/${viewName}`,
          input: flags[2] ? rest.type : null,
          docs: text,
        }),
      ],
    });
  });
