import type { ContextNames, FunctionNames, ViewNames } from "../api.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { Entry, NormalForm } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import type { MappedTypes } from "../schema/schema-mapper.js";
import type { Steps } from "../steps/steps.js";
import type { TypeNode } from "../type-node.js";
import type { ClientNames, FunctionTypes } from "./choose-names.js";
import type { MappedFunctions } from "./map-functions.js";

/** The names of everything that is generated for functions, and the files it stands in. */
export interface ChosenNames {
  readonly contexts: ReadonlyMap<string, NamesOfContext>;
  readonly functions: ReadonlyMap<Entry, NamesOfFunction>;
  readonly views: ReadonlyMap<Entry, NamesOfView>;
  /** The identifier of a function by its wire name. */
  readonly values: ReadonlyMap<string, string>;
}

export interface NamesOfContext {
  readonly names: ContextNames;
  readonly file: string;
}

export interface NamesOfFunction {
  readonly names: FunctionNames;
  readonly file: string;
}

export interface NamesOfView {
  readonly names: ViewNames;
  readonly file: string;
}

type Named = NamesOfContext | NamesOfFunction | NamesOfView;

/** What names depend on beside the names that are taken. */
type NameRequest =
  | { readonly kind: "context"; readonly key: string; readonly name: Placed<string> }
  | (FunctionTypes & {
      readonly kind: Entry["kind"];
      readonly key: string;
      readonly name: Placed<string>;
      /** Of a query: its context. */
      readonly context: string;
    });

/** Chooses all names in document order; a context is named where its first function stands. */
export function nameFunctions(
  normal: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
  mapped: MappedFunctions,
  types: MappedTypes,
  { names, steps }: { readonly names: ClientNames; readonly steps: Steps },
): ChosenNames {
  const contexts = new Map<string, NamesOfContext>();
  const requests = requestsOf(normal, groups, mapped, types);
  const chosen = steps.each(
    "names",
    requests,
    ({ key, kind, name, ...more }) => ({
      key,
      inputs: [kind, name.value, name.pointer, name.part, ...Object.values(more)],
    }),
    (request) => names.claimsOf(() => choose(request, names)),
    (choice) => names.take(choice),
  );
  const functions = new Map<Entry, NamesOfFunction>();
  const views = new Map<Entry, NamesOfView>();
  const values = new Map<string, string>();
  let next = 0;
  for (const [index, { kind, name }] of requests.entries()) {
    const one = chosen[index]?.names;
    if (one === undefined) continue;
    if (kind === "context") {
      contexts.set(name.value, one as NamesOfContext);
      continue;
    }
    const entry = normal.functions[next++];
    if (entry === undefined) continue;
    if (kind === "view") views.set(entry, one as NamesOfView);
    else functions.set(entry, one as NamesOfFunction);
    values.set(name.value, one.names.value);
  }
  return { contexts, functions, views, values };
}

function requestsOf(
  normal: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
  mapped: MappedFunctions,
  types: MappedTypes,
): NameRequest[] {
  const named = new Set<string>();
  const nameOf = (node: TypeNode | null | undefined): string | null =>
    node === null || node === undefined ? null : types.nameOf(node);
  return normal.functions.flatMap((entry): NameRequest[] => {
    const { name, kind, pointer: key } = entry;
    const request = { kind, key, name, context: "", input: null, output: null };
    switch (kind) {
      case "query": {
        const context = entry.context.value;
        const output = nameOf(mapped.queries.get(entry)?.output);
        const ofQuery = { ...request, context, output };
        const group = groups.get(context);
        if (group === undefined || named.has(context)) return [ofQuery];
        named.add(context);
        return [{ kind: "context", key: `context ${context}`, name: group.name }, ofQuery];
      }
      case "view":
        return [{ ...request, input: nameOf(mapped.views.get(entry)?.input) }];
      case "mutation": {
        const { input, output } = mapped.mutations.get(entry) ?? {};
        return [{ ...request, input: nameOf(input), output: nameOf(output) }];
      }
      case "subscription":
        return [request];
    }
  });
}

function choose(request: NameRequest, names: ClientNames): Named {
  const { kind, name } = request;
  switch (kind) {
    case "context": {
      const file = names.file("contexts", name.value);
      return { names: names.context(name), file };
    }
    case "view": {
      const chosen = names.view(request, request.input);
      return { names: chosen, file: names.file("views", name.value) };
    }
    case "query":
      // In the file of its context.
      return { names: names.function(request, request), file: "" };
    case "mutation":
    case "subscription": {
      const chosen = names.function(request, request);
      return { names: chosen, file: names.file("mutations", name.value) };
    }
  }
}
