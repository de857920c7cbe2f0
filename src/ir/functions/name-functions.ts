import type { ContextNames, FunctionNames, ViewNames } from "../api.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { Entry, NormalForm } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import type { MappedTypes } from "../schema/schema-mapper.js";
import type { Steps } from "../steps/steps.js";
import type { TypeNode } from "../type-node.js";
import type { ClientNames } from "./choose-names.js";
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

/** Something to be named: a context, or a function as it was mapped. */
interface NameRequest {
  readonly key: string;
  readonly kind: Entry["kind"] | "context";
  readonly name: Placed<string>;
  /** The types that it takes and gives. */
  readonly input?: TypeNode | null | undefined;
  readonly output?: TypeNode | null | undefined;
}

interface Naming {
  readonly names: ClientNames;
  readonly steps: Steps;
  /** What the names of the components depend on. */
  readonly basis: readonly unknown[];
}

/** Chooses all names in document order; a context is named where its first function stands. */
export function nameFunctions(
  normal: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
  mapped: MappedFunctions,
  types: MappedTypes,
  { names, steps, basis }: Naming,
): ChosenNames {
  const contexts = new Map<string, NamesOfContext>();
  const requests = requestsOf(normal, groups, mapped);
  const inputs = [...basis, ...types.claimed, types.names, ...normal.excluded];
  for (const request of requests) addParts(request, (part) => inputs.push(part));
  const chosen = steps.closed("all names", inputs, () =>
    steps.each(
      "names",
      requests,
      ({ key }) => key,
      addParts,
      (request) => names.claimsOf(() => choose(request, names, types)),
      (choice) => names.take(choice),
    ),
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

function addParts({ kind, name, input, output }: NameRequest, add: (part: unknown) => void): void {
  for (const part of [kind, name.value, name.pointer, name.part, input, output]) add(part);
}

function requestsOf(
  normal: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
  mapped: MappedFunctions,
): NameRequest[] {
  const named = new Set<string>();
  const requests: NameRequest[] = [];
  for (const entry of normal.functions) {
    const { name, kind, pointer: key } = entry;
    switch (kind) {
      case "query": {
        const context = entry.context.value;
        const group = groups.get(context);
        if (group !== undefined && !named.has(context)) {
          named.add(context);
          requests.push({ key: `context ${context}`, kind: "context", name: group.name });
        }
        requests.push({ key, kind, name, output: mapped.queries.get(entry)?.output });
        break;
      }
      case "view":
        requests.push({ key, kind, name, input: mapped.views.get(entry)?.input });
        break;
      case "mutation": {
        const one = mapped.mutations.get(entry);
        requests.push({ key, kind, name, input: one?.input, output: one?.output });
        break;
      }
      case "subscription":
        requests.push({ key, kind, name });
    }
  }
  return requests;
}

function choose(request: NameRequest, names: ClientNames, types: MappedTypes): Named {
  const { kind, name } = request;
  const nameOf = (node: TypeNode | null | undefined): string | null =>
    node === null || node === undefined ? null : types.nameOf(node);
  if (kind === "context") {
    const file = names.file("contexts", name.value);
    return { names: names.context(name), file };
  }
  if (kind === "view") {
    const chosen = names.view({ kind, name }, nameOf(request.input));
    return { names: chosen, file: names.file("views", name.value) };
  }
  const input = kind === "query" ? null : nameOf(request.input);
  const chosen = names.function({ kind, name }, { input, output: nameOf(request.output) });
  // A query stands in the file of its context.
  return { names: chosen, file: kind === "query" ? "" : names.file("mutations", name.value) };
}
