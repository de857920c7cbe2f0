import type { Api, Context } from "../ir/api.js";
import type { FunctionPair } from "./function-entry.js";

export interface MatchedContexts {
  /** In the order of the new contract. */
  readonly pairs: readonly { readonly before: Context; readonly after: Context }[];
  readonly removed: readonly Context[];
  readonly added: readonly Context[];
}

/** Which context became which: by name, and, of those that only one contract has, by having the same functions for the most part. */
export function matchContexts(
  before: Api,
  after: Api,
  functions: readonly FunctionPair[],
): MatchedContexts {
  const old = new Map(before.contexts.map((context) => [context.wireName, context]));
  const young = new Set(after.contexts.map(({ wireName }) => wireName));
  const moved = new Map<Context, Map<Context, number>>();
  for (const { contexts } of functions) {
    if (contexts.before === undefined || contexts.after === undefined) continue;
    if (young.has(contexts.before.wireName) || old.has(contexts.after.wireName)) continue;
    const counts = moved.get(contexts.after) ?? new Map<Context, number>();
    counts.set(contexts.before, (counts.get(contexts.before) ?? 0) + 1);
    moved.set(contexts.after, counts);
  }
  const renamed = new Map<Context, Context>();
  for (const [context, counts] of moved) {
    for (const [other, count] of counts) {
      if (count * 2 > other.queries.length && count * 2 > context.queries.length) {
        renamed.set(context, other);
      }
    }
  }
  const gone = new Set(renamed.values());
  return {
    pairs: after.contexts.flatMap((context) => {
      const other = renamed.get(context) ?? old.get(context.wireName);
      return other === undefined ? [] : [{ before: other, after: context }];
    }),
    removed: before.contexts.filter(
      (context) => !young.has(context.wireName) && !gone.has(context),
    ),
    added: after.contexts.filter((context) => !old.has(context.wireName) && !renamed.has(context)),
  };
}
