import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import type { Affect } from "../api.js";
import { slotOf } from "../contexts/group-contexts.js";
import type { Slot, SlotIndex } from "../contexts/slot-index.js";
import type { AffectEntry, MutationEntry, ViewEntry } from "../normalise/normal-form.js";
import { bindParams } from "./bind-params.js";
import { resolveMerge, type ResolvedMerge } from "./resolve-merge.js";
import type { Verification } from "./verification.js";
import { listNames, mostListed } from "./list-names.js";

/** What a mutation or view changes, with nothing left open. Targets that failed a check are left out. */
export interface ResolvedTargets {
  readonly merges: readonly ResolvedMerge[];
  readonly affects: readonly ResolvedAffect[];
}

export interface ResolvedAffect {
  readonly entry: AffectEntry;
  readonly affect: Affect;
}

/** E200 to E220, W220, W221: resolves the targets of a mutation or view. */
export function resolveTargets(
  verification: Verification,
  entry: MutationEntry | ViewEntry,
): ResolvedTargets {
  const merges =
    entry.kind === "view"
      ? []
      : (entry.merge ?? []).flatMap((merge) => resolveMerge(verification, entry, merge) ?? []);
  const affects = (entry.affects ?? []).flatMap(
    (affect) => resolveAffect(verification, entry, affect) ?? [],
  );
  if (entry.kind === "mutation") {
    warnOfUntouchedLists(verification, entry, merges);
    warnOfSilence(verification, entry);
  }
  return { merges, affects };
}

function resolveAffect(
  verification: Verification,
  entry: MutationEntry | ViewEntry,
  affect: AffectEntry,
): ResolvedAffect | null {
  const { context } = affect;
  const viewers = affect.viewers?.value ?? "all";
  if (context.value === "*") {
    return { entry: affect, affect: { context: "*", params: [], viewers } };
  }
  const group = verification.context(context.value);
  if (group === undefined) {
    const names = [...verification.contexts.keys()];
    verification.report(
      "E220",
      context,
      `there is no context ${quote(context.value)}${verification.nearest(context.value, names)}`,
      {
        help:
          names.length === 0
            ? "no query names a context"
            : `contexts: ${listNames(names)}; "*" means all`,
      },
    );
    return null;
  }
  const params = bindParams(verification, entry, affect, group);
  return { entry: affect, affect: { context: context.value, params, viewers } };
}

/** W220: the merged slot is up to date, a list of the same type beside it is not. */
function warnOfUntouchedLists(
  verification: Verification,
  mutation: MutationEntry,
  merges: readonly ResolvedMerge[],
): void {
  const refetched = new Set((mutation.affects ?? []).map(({ context }) => context.value));
  const merged = new Set(merges.map(({ slot }) => slot));
  for (const { entry, slot, merge } of merges) {
    const context = verification.context(merge.context);
    if (context === undefined || refetched.has("*") || refetched.has(merge.context)) continue;
    const held = slot.outline.element ?? slot.page ?? slot.outline.core;
    if (merge.mode === "remove" || held.identity === null) continue;
    const index = verification.slotsOf(context);
    const untouched = others(index, held.identity, merged);
    if (untouched.length === 0) continue;
    const shown = untouched.slice(0, mostListed);
    const more = untouched.length > shown.length ? " and others" : "";
    const names = listNames(shown.map(({ query }) => slotOf(query))) + more;
    verification.report(
      "W220",
      entry.slot ?? entry,
      `the merge leaves ${names} untouched, which ${untouched.length === 1 ? "holds" : "hold"} the same type`,
      {
        help: `add { "context": ${quote(merge.context)}, "slot": ${quote(slotOf(untouched[0]?.query ?? slot.query))}, "mode": "update" }, or "affects" for the context`,
        related: shown.map(({ query }) => ({
          pointer: query.pointer,
          message: `the slot ${quote(slotOf(query))}`,
        })),
      },
    );
  }
}

/** Slots with lists and pages of a type that no merge reaches: as many as a message shows, and one more. */
function others(index: SlotIndex, type: Pointer, merged: ReadonlySet<Slot>): Slot[] {
  const found: Slot[] = [];
  for (const slots of [index.lists(type), index.pages(type)]) {
    for (const slot of slots) {
      if (merged.has(slot)) continue;
      found.push(slot);
      if (found.length > mostListed) return found;
    }
  }
  return found;
}

/** W221: an answer that changes nothing on the screen. A change of identity drops everything anyway. */
function warnOfSilence(verification: Verification, mutation: MutationEntry): void {
  const { hasTargets, output, session, name } = mutation;
  if (hasTargets || output === null || session?.value === "change") return;
  const schema = output.schema;
  if (
    typeof schema === "object" &&
    schema !== null &&
    "type" in schema &&
    schema["type"] === "null"
  ) {
    return;
  }
  verification.report(
    "W221",
    name,
    `the mutation ${quote(name.value)} has neither "merge" nor "affects", so nothing is brought up to date by it`,
    { help: 'declare what it changes: "affects": [{ "context": "..." }]' },
  );
}
