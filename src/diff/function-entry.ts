import type { Api, Context, Mutation, Query, View } from "../ir/api.js";

export type FunctionEntry = Query | Mutation | View;

/** One function in two contracts, under one name or two. */
export interface FunctionPair {
  readonly before: FunctionEntry;
  readonly after: FunctionEntry;
  /** The contexts, for queries; both of one kind of entry. */
  readonly contexts: { readonly before: Context | undefined; readonly after: Context | undefined };
}

/** All functions of a contract by wire name, in the order: contexts, mutations, views. */
export function functionsOf(api: Api): Map<string, FunctionEntry> {
  const all: FunctionEntry[] = [
    ...api.contexts.flatMap(({ queries }) => queries),
    ...api.mutations,
    ...api.views,
  ];
  return new Map(all.map((entry) => [entry.wireName, entry]));
}

/** The context of each query, by the name of the query. */
export function contextsOfQueries(api: Api): Map<string, Context> {
  return new Map(
    api.contexts.flatMap((context) =>
      context.queries.map(({ wireName }): [string, Context] => [wireName, context]),
    ),
  );
}
