import type { Context, Pagination, Param, Query } from "../api.js";
import { slotOf } from "../contexts/group-contexts.js";
import { describeSlot } from "../contexts/slot-index.js";
import type { PaginationEntry, QueryEntry } from "../normalise/normal-form.js";
import { memberOf } from "../shape/member.js";
import { isScalar } from "../shape/scalar.js";
import type { Steps } from "../steps/steps.js";
import type { ApiAssembly } from "./api-assembly.js";
import { deprecationText, docs } from "./docs-of-entry.js";
import type { NamesOfContext } from "./name-functions.js";
import type { MappedContext } from "./map-functions.js";
import { membersOfParams } from "./type-source.js";

/** The contexts, each with its queries that are generated. */
export function buildContexts(assembly: ApiAssembly): Context[] {
  const { mapped, names } = assembly;
  const parts = [...mapped.contexts].flatMap(([name, context]) => {
    const chosen = names.contexts.get(name);
    return chosen === undefined ? [] : [{ name, context, chosen }];
  });
  return assembly.steps.each(
    "context",
    parts,
    ({ name }) => name,
    ({ context, chosen }, add) => {
      add(context);
      add(chosen);
      for (const query of context.group.queries) {
        add(mapped.queries.get(query));
        add(names.functions.get(query));
      }
    },
    ({ name, context, chosen }) => contextOf(assembly, name, context, chosen),
  );
}

function contextOf(
  assembly: ApiAssembly,
  wireName: string,
  { group, params }: MappedContext,
  chosen: NamesOfContext,
): Context {
  const { declared, queries } = group;
  const words = docs(
    declared?.summary?.value,
    declared?.description?.value,
    deprecationText(declared?.deprecated, (name) => assembly.nameOf(name)),
  );
  const own = new Map([...params].map(([name, param]) => [name, assembly.param(param)]));
  return {
    wireName,
    names: chosen.names,
    pointer: declared?.pointer ?? group.name.pointer,
    file: chosen.file,
    path: assembly.addresses.ofContext(
      wireName,
      declared?.path?.value,
      queries.find(({ path }) => path !== undefined)?.path?.value,
    ),
    cache: {
      scope: declared?.cache?.scope.value ?? "none",
      ...(declared?.cache?.ttl === undefined ? {} : { ttl: declared.cache.ttl.value }),
    },
    params: [...own.values()],
    queries: queries.flatMap((query) => buildQuery(assembly, query, own) ?? []),
    ...(words === undefined ? {} : { docs: words }),
  };
}

function buildQuery(
  assembly: ApiAssembly,
  entry: QueryEntry,
  params: ReadonlyMap<string, Param>,
): Query | null {
  const mapped = assembly.mapped.queries.get(entry);
  const chosen = assembly.names.functions.get(entry);
  if (mapped === undefined || chosen === undefined) return null;
  const required = new Map(entry.params.map((param) => [param.name.value, param.required]));
  const own = entry.params.flatMap(({ name }) => params.get(name.value) ?? []);
  return {
    ...assembly.base(entry, mapped.errors),
    kind: "query",
    names: chosen.names,
    slot: slotOf(entry),
    params: own.map(({ name }) => name),
    input: {
      kind: "object",
      members: membersOfParams(own, ({ name }) => required.get(name) ?? false),
    },
    output: assembly.type(mapped.output),
    key: keyOfItems(assembly.steps, entry),
    optional: entry.optional?.value ?? false,
    pagination: entry.pagination === undefined ? null : paginationOf(entry.pagination),
  };
}

/** The declared key, else a required scalar `id` of the items. */
function keyOfItems(steps: Steps, query: QueryEntry): readonly string[] | null {
  const { document } = steps;
  if (query.key !== undefined) return query.key.value.map(({ value }) => value);
  const { outline, page } = describeSlot(steps, query);
  const item = outline.element ?? page;
  if (item === null) return null;
  const id = memberOf(document, item.at, "id");
  return id.kind === "found" && id.required && isScalar(document, id.at) ? ["id"] : null;
}

const roles = ["cursor", "page", "offset", "limit"] as const;

function paginationOf({ style, params, items, next, prev, total }: PaginationEntry): Pagination {
  return {
    style: style.value,
    params: Object.fromEntries(
      roles.flatMap((role) => {
        const param = params.get(role);
        return param === undefined ? [] : [[role, param.value]];
      }),
    ),
    ...(items === undefined ? {} : { items: items.value }),
    ...(next === undefined ? {} : { next: next.value }),
    ...(prev === undefined ? {} : { prev: prev.value }),
    ...(total === undefined ? {} : { total: total.value }),
  };
}
