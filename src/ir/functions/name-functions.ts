import type { ContextNames, FunctionNames, ViewNames } from "../api.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { Entry, NormalForm } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import type { MappedTypes } from "../schema/schema-mapper.js";
import type { Steps } from "../steps/steps.js";
import type { TypeNode } from "../type-node.js";
import type { ClientNames, FunctionTypes } from "./choose-names.js";
import type { MappedFunctions } from "./map-functions.js";
import { isSameNames } from "./same-names.js";

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

/** What the names of a function depend on. */
interface NameRequest extends FunctionTypes {
  readonly name: Placed<string>;
  readonly kind: Entry["kind"];
  /** The context of a query. */
  readonly context: Placed<string> | undefined;
}

type Named = NamesOfFunction | NamesOfView;

/**
 * Chooses all names in document order; a context is named where its first function stands. Each name depends on all before it, so this is
 * one step.
 *
 * @param taken what all of them depend on beside the functions: names that are given away
 */
export function nameFunctions(
  normal: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
  mapped: MappedFunctions,
  types: MappedTypes,
  { names, taken, steps }: { names: ClientNames; taken: readonly string[]; steps: Steps },
): ChosenNames {
  const requests = normal.functions.map((entry) => requestOf(entry, groups, mapped, types));
  const inputs = [...taken, ...requests.flatMap(inputsOf)];
  const chosen = steps.run("names", "", inputs, () => chooseAll(requests, names));

  const functions = new Map<Entry, NamesOfFunction>();
  const views = new Map<Entry, NamesOfView>();
  const values = new Map<string, string>();
  const contexts = new Map(
    [...chosen.contexts].map(([name, one]) => [
      name,
      steps.keep("context names", name, one, isSameNames),
    ]),
  );
  for (const [index, entry] of normal.functions.entries()) {
    const one = chosen.functions[index];
    if (one === undefined) continue;
    const kept = steps.keep("function names", entry.pointer, one, isSameNames);
    if (isOfView(kept)) views.set(entry, kept);
    else functions.set(entry, kept);
    values.set(entry.name.value, kept.names.value);
  }
  return { contexts, functions, views, values };
}

function isOfView(named: Named): named is NamesOfView {
  return "url" in named.names;
}

function requestOf(
  entry: Entry,
  groups: ReadonlyMap<string, ContextGroup>,
  mapped: MappedFunctions,
  types: MappedTypes,
): NameRequest {
  const { name, kind } = entry;
  const nameOf = (node: TypeNode | null | undefined): string | null =>
    node === null || node === undefined ? null : types.nameOf(node);
  switch (kind) {
    case "query": {
      const context = groups.get(entry.context.value)?.name;
      return {
        name,
        kind,
        context,
        input: null,
        output: nameOf(mapped.queries.get(entry)?.output),
      };
    }
    case "view":
      return {
        name,
        kind,
        context: undefined,
        input: nameOf(mapped.views.get(entry)?.input),
        output: null,
      };
    case "mutation": {
      const { input, output } = mapped.mutations.get(entry) ?? {};
      return { name, kind, context: undefined, input: nameOf(input), output: nameOf(output) };
    }
    case "subscription":
      return { name, kind, context: undefined, input: null, output: null };
  }
}

/** All that a request says, as messages give places. */
function inputsOf({ name, kind, context, input, output }: NameRequest): unknown[] {
  const places = [name.value, name.pointer, name.part, context?.value, context?.pointer];
  return [kind, input, output, ...places];
}

function chooseAll(
  requests: readonly NameRequest[],
  names: ClientNames,
): { contexts: ReadonlyMap<string, NamesOfContext>; functions: readonly Named[] } {
  const contexts = new Map<string, NamesOfContext>();
  const functions = requests.map((request): Named => {
    const { name, kind, context } = request;
    if (kind === "view") {
      const chosen = names.view(request, request.input);
      return { names: chosen, file: names.file("views", name.value) };
    }
    if (context !== undefined && !contexts.has(context.value)) {
      const file = names.file("contexts", context.value);
      contexts.set(context.value, { names: names.context(context), file });
    }
    const chosen = names.function(request, request);
    if (kind === "query") {
      return { names: chosen, file: contexts.get(context?.value ?? "")?.file ?? "" };
    }
    return { names: chosen, file: names.file("mutations", name.value) };
  });
  return { contexts, functions };
}
