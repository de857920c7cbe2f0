import type { Document } from "../../document/document.js";
import type { ContextNames, FunctionNames, ViewNames } from "../api.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import { toTypeName } from "../names/reserved.js";
import type { Entry, NormalForm } from "../normalise/normal-form.js";
import type { MappedTypes } from "../schema/schema-mapper.js";
import { isObject, own } from "../shape/schema-at.js";
import { isSameNames, type Named } from "./same-names.js";
import type { Steps } from "../steps/steps.js";
import type { TypeNode } from "../type-node.js";
import type { ClientNames } from "./choose-names.js";
import type { MappedFunctions } from "./map-functions.js";

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

/** The names of everything that is generated for functions, and the files it stands in. */
export interface ChosenNames {
  readonly contexts: ReadonlyMap<string, NamesOfContext>;
  readonly functions: ReadonlyMap<Entry, NamesOfFunction>;
  readonly views: ReadonlyMap<Entry, NamesOfView>;
  /** The identifier of a function by its wire name. */
  readonly values: ReadonlyMap<string, string>;
}

/** Chooses all names in document order; a context is named where its first function stands. */
export function nameFunctions(
  normal: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
  mapped: MappedFunctions,
  types: MappedTypes,
  names: ClientNames,
  steps: Steps,
): ChosenNames {
  const contexts = new Map<string, NamesOfContext>();
  const functions = new Map<Entry, NamesOfFunction>();
  const views = new Map<Entry, NamesOfView>();
  const values = new Map<string, string>();
  const typeOf = (node: TypeNode | null | undefined): TypeNode | null =>
    node === null || node === undefined ? null : types.resolve(node);

  const kept = <Chosen extends Named>({ pointer }: Entry, chosen: Chosen): Chosen =>
    steps.keep("function names", pointer, chosen, isSameNames);

  for (const entry of normal.functions) {
    const wireName = entry.name.value;
    switch (entry.kind) {
      case "query": {
        const context = entry.context.value;
        const group = groups.get(context);
        if (group !== undefined && !contexts.has(context)) {
          const file = names.file("contexts", context);
          const chosen = { names: names.context(group.name), file };
          contexts.set(context, steps.keep("context names", context, chosen, isSameNames));
        }
        const output = typeOf(mapped.queries.get(entry)?.output);
        const chosen = names.function(entry, { input: null, output });
        const { file = "" } = contexts.get(context) ?? {};
        functions.set(entry, kept(entry, { names: chosen, file }));
        values.set(wireName, chosen.value);
        break;
      }
      case "view": {
        const chosen = names.view(entry, typeOf(mapped.views.get(entry)?.input));
        views.set(entry, kept(entry, { names: chosen, file: names.file("views", wireName) }));
        values.set(wireName, chosen.value);
        break;
      }
      case "mutation":
      case "subscription": {
        const mutation = entry.kind === "mutation" ? mapped.mutations.get(entry) : undefined;
        const chosen = names.function(entry, {
          input: typeOf(mutation?.input),
          output: typeOf(mutation?.output),
        });
        const file = names.file("mutations", wireName);
        functions.set(entry, kept(entry, { names: chosen, file }));
        values.set(wireName, chosen.value);
        break;
      }
    }
  }
  return { contexts, functions, views, values };
}

/** The names that the components of a document ask for. */
export function componentNames(document: Document): Set<string> {
  const components = own(document.root, "components");
  const schemas = isObject(components) ? own(components, "schemas") : undefined;
  return new Set(isObject(schemas) ? Object.keys(schemas).map(toTypeName) : []);
}
