import type { ContextEntry, NormalForm, ParamEntry, QueryEntry } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import type { Steps } from "../steps/steps.js";

/** A context as its functions make it: the queries that name it, their slots, and the union of their params (protocol 2.3). */
export interface ContextGroup {
  /** Where the context is first named: by its first query. */
  readonly name: Placed<string>;
  readonly declared: ContextEntry | undefined;
  readonly queries: readonly QueryEntry[];
  /** The first query of each slot. */
  readonly slots: ReadonlyMap<string, QueryEntry>;
  readonly params: ReadonlyMap<string, GroupedParam>;
}

export interface GroupedParam {
  /** The param of the first function that has it. */
  readonly param: ParamEntry;
  /** Required in one: required in all. */
  readonly required: boolean;
  /** Its place among the params of the context, from 0. */
  readonly order: number;
}

export function slotOf(query: QueryEntry): string {
  return (query.slot ?? query.name).value;
}

/** All contexts that a query belongs to, in the order first met. */
export function groupContexts(steps: Steps, normal: NormalForm): Map<string, ContextGroup> {
  const queriesOf = new Map<string, QueryEntry[]>();
  for (const entry of normal.functions) {
    if (entry.kind !== "query") continue;
    const queries = queriesOf.get(entry.context.value);
    if (queries === undefined) queriesOf.set(entry.context.value, [entry]);
    else queries.push(entry);
  }
  const { contexts } = normal.meta;
  const groups = steps.each(
    "context group",
    queriesOf,
    ([name]) => name,
    ([name, queries], add) => {
      add(contexts.get(name));
      queries.forEach(add);
    },
    ([name, queries]) => groupOf(queries, contexts.get(name)),
  );
  return new Map(
    groups.flatMap((group) => (group === null ? [] : [[group.name.value, group] as const])),
  );
}

function groupOf(
  queries: readonly QueryEntry[],
  declared: ContextEntry | undefined,
): ContextGroup | null {
  const [first] = queries;
  if (first === undefined) return null;
  const slots = new Map<string, QueryEntry>();
  const params = new Map<string, GroupedParam>();
  for (const query of queries) {
    if (!slots.has(slotOf(query))) slots.set(slotOf(query), query);
    for (const param of query.params) {
      const other = params.get(param.name.value);
      params.set(param.name.value, {
        param: other?.param ?? param,
        required: param.required || (other?.required ?? false),
        order: other?.order ?? params.size,
      });
    }
  }
  return { name: first.context, declared, queries, slots, params };
}
