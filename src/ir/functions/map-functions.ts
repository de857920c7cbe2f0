import type { DeclaredError, FileField, Form, FormField, Param } from "../api.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type {
  Entry,
  MutationEntry,
  NormalForm,
  QueryEntry,
  Segments,
  ViewEntry,
} from "../normalise/normal-form.js";
import { isEmptyInput } from "./argument.js";
import { filesOf } from "./files.js";
import { formFields, formPlace } from "./form.js";
import type { TypeSource } from "./type-source.js";
import type { StepKind } from "../steps/steps.js";
import type { TypeNode } from "../type-node.js";

/** Functions with their schemas mapped. The types are provisional until the mapper has finished. */
export interface MappedFunctions {
  readonly contexts: ReadonlyMap<string, MappedContext>;
  readonly queries: ReadonlyMap<QueryEntry, MappedQuery>;
  readonly mutations: ReadonlyMap<MutationEntry, MappedMutation>;
  readonly views: ReadonlyMap<ViewEntry, MappedView>;
}

export interface MappedContext {
  readonly group: ContextGroup;
  readonly params: ReadonlyMap<string, Param>;
}

export interface MappedQuery {
  readonly output: TypeNode;
  readonly errors: readonly DeclaredError[];
}

export interface MappedMutation {
  /** Null when the mutation takes none. */
  readonly input: TypeNode | null;
  /** Null when the mutation answers with nothing. */
  readonly output: TypeNode | null;
  readonly errors: readonly DeclaredError[];
  readonly files: readonly FileField[];
  readonly form: MappedForm | null;
}

export interface MappedForm {
  readonly type: Form["type"];
  readonly at: Segments;
  readonly fields: readonly FormField[];
}

export interface MappedView {
  readonly params: readonly Param[];
  readonly input: TypeNode | null;
  readonly errors: readonly DeclaredError[];
}

/** Maps the schemas of all functions that are generated, in document order. */
export function mapFunctions(
  normal: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
  types: TypeSource,
): MappedFunctions {
  const entries = normal.functions.filter(({ name }) => !normal.excluded.has(name.value));
  const queries = entries.filter((entry) => entry.kind === "query");
  const mutations = entries.filter((entry) => entry.kind === "mutation");
  const views = entries.filter((entry) => entry.kind === "view");
  const used = new Set(queries.map(({ context }) => context.value));
  const contexts = types.each(
    "context params",
    [...used].flatMap((name) => groups.get(name) ?? []),
    ({ name }) => name.value,
    (group) => group,
    (group): MappedContext => ({ group, params: mapParams(group, types) }),
  );
  return {
    contexts: new Map(contexts.map((context) => [context.group.name.value, context])),
    queries: mapEach(types, "query", queries, (entry) => mapQuery(entry, types)),
    mutations: mapEach(types, "mapped mutation", mutations, (entry) => mapMutation(entry, types)),
    views: mapEach(types, "mapped view", views, (entry) => mapView(entry, types)),
  };
}

function mapEach<Of extends Entry, Mapped>(
  types: TypeSource,
  kind: StepKind,
  entries: readonly Of[],
  map: (entry: Of) => Mapped,
): ReadonlyMap<Of, Mapped> {
  const mapped = types.each(
    kind,
    entries,
    ({ pointer }) => pointer,
    (entry) => entry,
    map,
  );
  const byEntry = new Map<Of, Mapped>();
  for (const [index, entry] of entries.entries()) {
    const one = mapped[index];
    if (one !== undefined) byEntry.set(entry, one);
  }
  return byEntry;
}

/** The params of a context: those of all of its functions, also of those that are left out, as the address asks for them. */
function mapParams(group: ContextGroup, types: TypeSource): Map<string, Param> {
  return new Map(
    [...group.params].map(([name, { param, required }]) => [name, types.param(param, required)]),
  );
}

function mapQuery(entry: QueryEntry, types: TypeSource): MappedQuery {
  return { output: types.map(entry.output, "out"), errors: types.errors(entry) };
}

function mapMutation(entry: MutationEntry, types: TypeSource): MappedMutation {
  const { input, output, form } = entry;
  const media = entry.encoding?.value === "multipart" ? "multipart" : "json";
  const takesNone = input === null || isEmptyInput(types.document, input);
  return {
    input: takesNone ? null : types.map(input, "in", media),
    output: output === null ? null : types.map(output, "out"),
    errors: types.errors(entry),
    files: filesOf(types.document, entry),
    form:
      form === undefined
        ? null
        : {
            type: types.map(form.schema, "in", media),
            at: formPlace(types.document, entry, form),
            fields: formFields(types.document, form),
          },
  };
}

function mapView(entry: ViewEntry, types: TypeSource): MappedView {
  const { input } = entry;
  const media = entry.encoding?.value === "multipart" ? "multipart" : "json";
  return {
    params: entry.params.map((param) => types.param(param, param.required)),
    input: input === undefined || input === null ? null : types.map(input, "in", media),
    errors: types.errors(entry),
  };
}
