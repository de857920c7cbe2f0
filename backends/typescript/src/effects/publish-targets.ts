import type { JsonObject, JsonValue } from "../json/json-value.js";
import type { Limits } from "../registry/contract.js";
import type { RevisionStore } from "../revisions/revision-store.js";
import { bumpKeys, checkKeys, contextQuery } from "../revisions/stamp-keys.js";
import { invalidateHeader } from "./invalidate-header.js";
import type { Target } from "./targets.js";

/** What an answer says has changed (protocol 3.4, 3.5). */
export interface Effects {
  readonly merge: readonly JsonObject[];
  readonly invalidate: readonly JsonObject[];
  /** Value of `X-Mizan-Invalidate`; null when nothing has changed. */
  readonly header: string | null;
}

/** Merged values of one answer above this are fetched instead. */
const mergeBytes = 256 * 1024;

export const noEffects: Effects = { merge: [], invalidate: [], header: null };

/**
 * Gives all targets one new revision, after the commit and before the answer. Of the merges only those are sent whose scope nobody else has
 * moved since the mutation began; the others are invalidated (protocol 5.3: S2 to S4).
 *
 * @param since the sequence before the transaction
 */
export async function publishTargets(
  targets: readonly Target[],
  since: number,
  viewer: string,
  revisions: RevisionStore,
  limits: Limits,
): Promise<Effects> {
  if (targets.length === 0) return noEffects;
  const merges = targets.filter(({ merge }) => merge !== null);
  const { rev, conflicts } = await revisions.bump({
    set: [
      ...new Set(
        targets.flatMap(({ context, params, viewers }) =>
          bumpKeys({ context, params, viewer: viewers === "self" ? viewer : null }),
        ),
      ),
    ],
    checks: merges.map(({ context, params }) =>
      context === "*" ? [] : checkKeys(context, params, viewer),
    ),
    since,
  });
  const sent = affordable(
    merges.filter((_, index) => conflicts[index] !== true),
    limits.merge,
  );
  const merge = [...sent].map((target) => mergeItem(target, rev));
  const others = distinct(targets.filter((target) => !sent.has(target)));
  return {
    merge,
    invalidate: invalidateItems(others, rev, limits.invalidate),
    header: invalidateHeader(distinct(targets), rev),
  };
}

/** As many merges as the limits allow, in their order. */
function affordable(merges: readonly Target[], most: number): Set<Target> {
  const sent = new Set<Target>();
  let bytes = 0;
  for (const target of merges) {
    bytes += new TextEncoder().encode(JSON.stringify(target.merge?.value)).length;
    if (bytes > mergeBytes || sent.size >= most) break;
    sent.add(target);
  }
  return sent;
}

function mergeItem({ params, merge }: Target, rev: number): JsonObject {
  if (merge === null) return {};
  const { context, slot, mode, key, declaration } = merge.plan;
  const item: Record<string, JsonValue> = { context, slot, mode };
  if (key !== null) item["key"] = [...key];
  if (declaration.at !== undefined) item["at"] = declaration.at;
  if (Object.keys(params).length > 0) item["params"] = params;
  return { ...item, value: merge.value, rev };
}

function invalidateItems(targets: readonly Target[], rev: number, most: number): JsonObject[] {
  const items = targets.map(({ context, params }) => ({
    context: context === "*" ? context : context.name,
    ...(Object.keys(params).length > 0 && { params }),
    rev,
  }));
  if (items.length <= most) return items;
  const bare = [...new Set(items.map(({ context }) => context))];
  return bare.length <= most ? bare.map((context) => ({ context, rev })) : [{ context: "*", rev }];
}

/** One target for each address, in order of first use. */
function distinct(targets: readonly Target[]): Target[] {
  const seen = new Map<string, Target>();
  for (const target of targets) {
    const { context, params } = target;
    const key = context === "*" ? "*" : `${context.name} ${contextQuery(context, params)}`;
    if (!seen.has(key)) seen.set(key, target);
  }
  return [...seen.values()];
}
