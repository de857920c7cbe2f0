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
  interface Draft {
    name: Placed<string>;
    declared: ContextEntry | undefined;
    queries: QueryEntry[];
    slots: Map<string, QueryEntry>;
    params: Map<string, GroupedParam>;
  }
  const groups = new Map<string, Draft>();
  for (const entry of normal.functions) {
    if (entry.kind !== "query") continue;
    const name = entry.context.value;
    let group = groups.get(name);
    if (group === undefined) {
      const declared = normal.meta.contexts.get(name);
      group = { name: entry.context, declared, queries: [], slots: new Map(), params: new Map() };
      groups.set(name, group);
    }
    group.queries.push(entry);
    if (!group.slots.has(slotOf(entry))) group.slots.set(slotOf(entry), entry);
    for (const param of entry.params) {
      const other = group.params.get(param.name.value);
      group.params.set(param.name.value, {
        param: other?.param ?? param,
        required: param.required || (other?.required ?? false),
        order: other?.order ?? group.params.size,
      });
    }
  }
  return new Map(
    [...groups].map(([name, group]): [string, ContextGroup] => [
      name,
      steps.keep("context group", name, group, isSameGroup),
    ]),
  );
}

/** All that a group holds follows from its queries and what is declared of it. */
function isSameGroup(a: ContextGroup, b: ContextGroup): boolean {
  return (
    a.declared === b.declared &&
    a.queries.length === b.queries.length &&
    a.queries.every((query, index) => query === b.queries[index])
  );
}
