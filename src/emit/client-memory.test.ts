import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Api, Context, Form, Mutation, NamedType, View } from "../ir/api.js";
import { ClientMemory } from "./client-memory.js";
import { emitClient } from "./emit-client.js";
import type { GeneratedFile } from "./generated-file.js";
import type { EmitOptions } from "./options.js";
import { emitAdapters } from "./stage2/emit-adapters.js";
import { anyApi } from "./test/arbitrary-api.js";
import {
  api,
  boolean,
  context,
  contract,
  list,
  mutation,
  named,
  number,
  object,
  oneOf,
  param,
  query,
  ref,
  string,
  union,
  view,
} from "./test/build.js";

type MutationParts = Partial<Mutation>;

const merge = (name: string, slot: string): Mutation["merges"][number] => ({
  ...{ context: name, slot, mode: "replace", key: [], value: [], params: [] },
  onNull: "invalidate",
});
const affect = (name: string): Mutation["affects"][number] => ({
  ...{ context: name, params: [], viewers: "all" },
});
const form: Form = {
  type: ref("Kind"),
  at: [],
  fields: [{ path: ["a"], required: true, sensitive: false, label: "A", constraints: {} }],
};
const record = (value: string): NamedType["type"] => ({
  ...{ kind: "record", keys: string, partial: false, value: ref(value) },
});

/** What each part of the model may be: absent, or one of these, each of which is the very same object whenever it is chosen. */
const parts = {
  types: [
    [named("Kind", oneOf("a", "b")), named("Kind", oneOf("a", "b", "c")), named("Kind", string)],
    // In a cycle, or not: only then is `A` printed as a mapped type.
    [named("A", record("B")), named("A", record("C"))],
    [named("B", ref("A")), named("B", list(ref("A")), "out"), named("B", number)],
    [named("C", object({ a: ref("A"), "b?": boolean })), named("C", ref("B"))],
    // Names that constants and forms would have.
    [named("KindValues", string)],
    [named("SaveForm", string), named("saveForm", string)],
  ],
  contexts: [
    [
      context("user", { queries: [query("one", string), query("two", ref("Kind"))] }),
      context("user", { queries: [query("two", ref("Kind"))], docs: { summary: "Of a user." } }),
      // The same on the wire, other names in the client.
      context("user", {
        names: { ...context("user").names, data: "UserContextData2" },
        file: "contexts/user2.ts",
        queries: [query("one", string, { names: query("uno", string).names })],
      }),
    ],
    [
      context("shop", {
        params: [param("id", string)],
        queries: [query("goods", list(ref("C")), { optional: true })],
      }),
      context("shop", { queries: [query("goods", list(ref("B")))] }),
    ],
  ],
  mutations: [
    [{}, { output: ref("Kind") }, { docs: { summary: "Saves." } }].flatMap(
      (more: MutationParts) => [
        mutation("save", { ...more, merges: [merge("user", "one")], affects: [affect("shop")] }),
        mutation("save", { ...more, merges: [merge("shop", "goods")], form }),
        mutation("save", { ...more, merges: [merge("user", "two"), merge("user", "one")] }),
      ],
    ),
    [mutation("wipe", { affects: [affect("*"), affect("user")] }), mutation("wipe", { form })],
  ],
  views: [[view("bill", { params: [param("id", string)] }), view("bill", { input: ref("A") })]],
  contracts: [contract, { ...contract, base: "/api/", limits: { urlBytes: 100 } }],
} as const;

const oneOrNone = <T>(choices: readonly T[]): fc.Arbitrary<T | undefined> =>
  fc.option(fc.constantFrom(...choices), { nil: undefined, freq: 4 });

const some = <T>(entries: readonly (readonly T[])[]): fc.Arbitrary<readonly T[]> =>
  fc
    .tuple(...entries.map(oneOrNone))
    .map((chosen) => chosen.filter((one): one is NonNullable<typeof one> => one !== undefined));

const anyModel: fc.Arbitrary<Api> = fc
  .record({
    contract: fc.constantFrom(...parts.contracts),
    types: some<NamedType>(parts.types),
    contexts: some<Context>(parts.contexts),
    mutations: some<Mutation>(parts.mutations),
    views: some<View>(parts.views),
  })
  .map(api);

const templates = {
  "react/mutation.ts.hbs": "{{header}}export const {{hook}} = {{name}};\n",
  "react/index.ts.hbs":
    '{{header}}{{#each contexts}}\n{{docs}}export const {{hook}} = [{{name}}, "{{pluck slots "output"}}"];\n{{/each}}\nexport {};\n',
};

const anyOptions: fc.Arbitrary<EmitOptions> = fc.record({
  importExtension: fc.constantFrom("none", "js"),
  readonly: fc.boolean(),
  enums: fc.constantFrom("union", "const"),
  source: fc.constantFrom("a.json", "b.json"),
  banner: fc.constantFrom(undefined, "Licensed."),
  targets: fc.subarray(["react", "svelte"]),
  templates: fc.constantFrom(
    undefined,
    templates,
    { ...templates, "react/mutation.ts.hbs": "{{header}}export const {{hook}} = 1;\n" },
    { "react/_new.hbs": "// new" },
  ),
});

interface Save {
  readonly model: Api;
  /** Whether the options are those of the save before. */
  readonly options: EmitOptions | null;
  /** Whether all objects are new ones, as after a build that remembers nothing. */
  readonly fresh: boolean;
}

const save = (model: fc.Arbitrary<Api>): fc.Arbitrary<Save> =>
  fc.record({
    model,
    options: fc.option(anyOptions, { freq: 3 }),
    fresh: fc.nat(3).map((one) => one === 0),
  });

async function emit(
  model: Api,
  options: EmitOptions,
  memory?: ClientMemory,
): Promise<GeneratedFile[]> {
  const files = emitClient(model, options, memory);
  const adapters = await emitAdapters(model, options, memory?.adapters);
  return [...files, ...adapters];
}

const first: EmitOptions = {
  ...{ importExtension: "js", readonly: false, enums: "union", source: "a.json" },
};

/** Emits save after save with one memory, and each of them from nothing. */
async function compareSaves(saves: readonly Save[]): Promise<void> {
  const memory = new ClientMemory();
  let options = first;
  for (const one of saves) {
    options = one.options ?? options;
    const model = one.fresh ? structuredClone(one.model) : one.model;
    expect(await emit(model, options, memory)).toEqual(await emit(model, options));
  }
}

it("gives save after save what a run from nothing gives", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(save(anyModel), { minLength: 2, maxLength: 6 }), compareSaves),
    { numRuns: 150 },
  );
}, 240_000);

it("gives what a run from nothing gives where any part comes from one of two clients", async () => {
  const mixed = fc.tuple(anyApi, anyApi).chain((pair) => {
    const side = fc.nat(1).map((index) => pair[index] ?? pair[0]);
    return fc.array(
      save(
        fc
          .record({ types: side, contexts: side, mutations: side, views: side, contract: side })
          .map((from) => ({
            ...pair[0],
            types: from.types.types,
            contexts: from.contexts.contexts,
            mutations: from.mutations.mutations,
            views: from.views.views,
            contract: from.contract.contract,
          })),
      ),
      { minLength: 2, maxLength: 5 },
    );
  });
  await fc.assert(fc.asyncProperty(mixed, compareSaves), { numRuns: 60 });
}, 240_000);

it("gives the very same objects for all that is not touched", async () => {
  const before = api({
    types: [named("Kind", oneOf("a", "b")), named("Other", union(string, ref("Kind")))],
    contexts: [context("user", { queries: [query("one", string)] })],
    mutations: [mutation("save", { merges: [merge("user", "one")] }), mutation("wipe")],
  });
  const after = {
    ...before,
    mutations: [before.mutations[0] ?? mutation("save"), mutation("mop")],
  };
  const options: EmitOptions = { ...first, targets: ["svelte"] };
  const memory = new ClientMemory();
  const run = async (model: Api): Promise<Map<string, GeneratedFile>> =>
    new Map(
      [
        ...emitClient(model, options, memory),
        ...(await emitAdapters(model, options, memory.adapters)),
      ].map((file) => [file.path, file]),
    );
  const [was, is] = [await run(before), await run(after)];
  const changed = [...is].filter(([path, file]) => was.get(path) !== file).map(([path]) => path);
  expect(changed).toEqual([
    ...["index.ts", "client.ts", "mutations/mop.ts"],
    ...["svelte/index.ts", "svelte/useMop.svelte.ts"],
  ]);
});

describe("after a run that has failed half way", () => {
  const merges = [merge("user", "one")];
  const [early, late] = [mutation("early", { merges }), mutation("late", { merges })];
  const bad = mutation("bad", { names: { ...mutation("bad").names, input: "no name" } });
  const here = context("user", { queries: [query("one", string)] });
  const moved = context("user", {
    queries: [query("one", string, { names: query("uno", string).names })],
  });

  it.each([
    { what: "what was before", next: here },
    { what: "what the failed run has seen", next: moved },
  ])("a run on $what gives what one from nothing gives", ({ next }) => {
    const memory = new ClientMemory();
    emitClient(api({ contexts: [here], mutations: [early, late] }), first, memory);
    const broken = api({ contexts: [moved], mutations: [early, bad, late] });
    expect(() => emitClient(broken, first, memory)).toThrow(/not an identifier/);
    const model = api({ contexts: [next], mutations: [early, late] });
    expect(emitClient(model, first, memory)).toEqual(emitClient(model, first));
  });
});
