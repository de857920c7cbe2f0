import { quote } from "../../diagnostics/quote.js";
import type { Merge } from "../api.js";
import { slotOf, type ContextGroup } from "../contexts/group-contexts.js";
import type { Slot } from "../contexts/slot-index.js";
import type { MergeEntry, Mode, MutationEntry } from "../normalise/normal-form.js";
import { placed } from "../normalise/placed.js";
import { followPath, memberOf } from "../shape/member.js";
import { outlineOf, type Outline } from "../shape/outline.js";
import type { SchemaAt } from "../shape/schema-at.js";
import { bindParams } from "./bind-params.js";
import { findSlot } from "./find-slot.js";
import { listNames, mostListed } from "./list-names.js";
import { keyOf } from "./merge-key.js";
import { relationOf, type Relation } from "./slot-relation.js";
import type { Verification } from "./verification.js";
import { verifyPatch } from "./verify-patch.js";

/** A merge with everything that was left open found out (protocol section 4). */
export interface ResolvedMerge {
  readonly entry: MergeEntry;
  readonly slot: Slot;
  readonly merge: Merge;
}

/** Finds the slot, mode, key and bindings of a merge, or reports why there are none: E200 to E211. */
export function resolveMerge(
  verification: Verification,
  mutation: MutationEntry,
  entry: MergeEntry,
): ResolvedMerge | null {
  const context = contextOf(verification, entry);
  const value = context === null ? null : valueOf(verification, mutation, entry);
  if (context === null || value === null) return null;
  const outline = outlineOf(verification.document, value);
  if (outline.core.broken) return null; // The reference is reported where it stands.
  const params = bindParams(verification, mutation, entry, context);
  const slot =
    entry.slot === undefined
      ? findSlot(verification, mutation, entry, context, outline)
      : namedSlot(verification, entry.slot.value, entry, context);
  if (slot === null || slot.outline.core.broken) return null;
  const mode = modeOf(verification, mutation, entry, slot, outline);
  if (mode === null) return null;
  const key = mode === "replace" || mode === "patch" ? [] : keyOf(verification, entry, slot);
  if (key === null) return null;
  if (!verifyBound(verification, entry, slot, mode, params)) return null;
  return {
    entry,
    slot,
    merge: {
      context: context.name.value,
      slot: slotOf(slot.query),
      mode,
      key,
      at: entry.at?.value,
      value: entry.value?.value ?? [],
      params,
      onNull: entry.onNull?.value ?? "invalidate",
    },
  };
}

function contextOf(verification: Verification, entry: MergeEntry): ContextGroup | null {
  const { context } = entry;
  const group = verification.context(context.value);
  if (group !== undefined) return group;
  const names = [...verification.contexts.keys()];
  if (context.value === "*") {
    verification.report("E200", context, 'a merge needs one context, not "*"', {
      help: 'use "affects" to have all contexts fetched again',
    });
  } else {
    verification.report(
      "E200",
      context,
      `there is no context ${quote(context.value)}${verification.nearest(context.value, names)}`,
      { help: names.length === 0 ? "no query names a context" : `contexts: ${listNames(names)}` },
    );
  }
  return null;
}

/** The part of the result that is merged. */
function valueOf(
  verification: Verification,
  mutation: MutationEntry,
  entry: MergeEntry,
): SchemaAt | null {
  const { output, name } = mutation;
  if (output === null) {
    verification.report(
      "E203",
      entry,
      `${quote(name.value)} answers with nothing that could be merged`,
      {
        help: 'give it an output, or use "affects"',
      },
    );
    return null;
  }
  if (entry.value === undefined) return output;
  const found = followPath(verification.document, output, entry.value.value);
  if (found.kind === "found") return found.at;
  verification.report(
    "E205",
    entry.value,
    `the output of ${quote(name.value)} has nothing at ${quote(entry.value.value.join("."))}`,
    { related: [{ pointer: output.pointer, message: "the output" }] },
  );
  return null;
}

function namedSlot(
  verification: Verification,
  name: string,
  entry: MergeEntry,
  context: ContextGroup,
): Slot | null {
  const query = context.slots.get(name);
  const slot = query === undefined ? undefined : verification.slotsOf(context).of(query);
  if (slot !== undefined) return slot;
  const names = [...context.slots.keys()];
  verification.report(
    "E202",
    entry.slot ?? entry,
    `the context ${quote(context.name.value)} has no slot ${quote(name)}${verification.nearest(name, names)}`,
    {
      help: `slots: ${listNames(names)}`,
      related: [...context.slots.values()].slice(0, mostListed).map((each) => ({
        pointer: each.pointer,
        message: `the slot ${quote(slotOf(each))}`,
      })),
    },
  );
  return null;
}

/** The declared mode, if the shapes allow it, or the one that the shapes ask for. */
function modeOf(
  verification: Verification,
  mutation: MutationEntry,
  entry: MergeEntry,
  slot: Slot,
  value: Outline,
): Mode | null {
  const relation = relationOf(verification.document, value, slot);
  const mode = entry.mode?.value ?? (relation === "item" ? "update" : "replace");
  const paged = slot.page !== null;
  if (mode === "upsert" && paged && relation !== "same") {
    verification.report(
      "E207",
      entry.mode ?? entry,
      `"upsert" cannot insert into ${quote(slotOf(slot.query))}, which is a page`,
      { help: 'use "update", and "affects" to have the pages fetched again' },
    );
    return null;
  }
  if (mode === "patch") {
    return verifyPatch(verification, mutation, entry, slot, value) ? mode : null;
  }
  if (mode === "remove") {
    return verifyRemoval(verification, mutation, entry, slot, value) ? mode : null;
  }
  const needed: Relation = mode === "replace" ? "same" : "item";
  if (relation === needed) return mode;
  reportShape(verification, mutation, entry, slot, mode, relation);
  return null;
}

function reportShape(
  verification: Verification,
  mutation: MutationEntry,
  entry: MergeEntry,
  slot: Slot,
  mode: Mode,
  relation: Relation,
): void {
  const name = quote(slotOf(slot.query));
  const why =
    relation === "item"
      ? `is one item of the slot ${name}, so the mode ${quote(mode)} does not fit`
      : relation === "same"
        ? `is the whole of the slot ${name}, so the mode ${quote(mode)} does not fit`
        : `has another shape than the slot ${name}`;
  const where = relation === "other" ? (entry.slot ?? entry) : (entry.mode ?? entry.slot ?? entry);
  verification.report("E205", where, `the output of ${quote(mutation.name.value)} ${why}`, {
    help:
      relation === "item"
        ? 'use "update"'
        : relation === "same"
          ? 'use "replace"'
          : `let it answer with the slot's type, pick a part of the answer with "value", or use "affects"`,
    related: [
      { pointer: mutation.output?.pointer ?? mutation.pointer, message: "the output" },
      { pointer: slot.query.output.pointer, message: "the slot" },
    ],
  });
}

/** What is removed is named by its key: the answer needs the members of the key, not the whole item. */
function verifyRemoval(
  verification: Verification,
  mutation: MutationEntry,
  entry: MergeEntry,
  slot: Slot,
  value: Outline,
): boolean {
  if (slot.outline.element === null && slot.page === null) {
    const message = `"remove" needs a list or a page, and ${quote(slotOf(slot.query))} is neither`;
    verification.report("E205", entry.mode ?? entry.slot ?? entry, message, {
      related: [{ pointer: slot.query.output.pointer, message: "the slot" }],
    });
    return false;
  }
  const key = (entry.key ?? slot.query.key)?.value ?? [placed("id", entry.pointer)];
  const missing = key.filter(
    ({ value: name }) => memberOf(verification.document, value.core.at, name).kind === "missing",
  );
  if (missing.length === 0) return true;
  const names = listNames(missing.map(({ value: name }) => name));
  verification.report(
    "E205",
    entry.slot ?? entry,
    `the output of ${quote(mutation.name.value)} does not say which item to remove: it has no ${names}`,
    { related: [{ pointer: mutation.output?.pointer ?? mutation.pointer, message: "the output" }] },
  );
  return false;
}

/**
 * E210: every param of the slot's own function is bound. An item that is recognised by its key is the same item under every filter and
 * on every page, so for `update` and `remove` only the required params count, and not those that page.
 */
function verifyBound(
  verification: Verification,
  entry: MergeEntry,
  { query }: Slot,
  mode: Mode,
  params: Merge["params"],
): boolean {
  const keyed = mode === "update" || mode === "remove";
  const paging = new Set([...(query.pagination?.params.values() ?? [])].map(({ value }) => value));
  const declared = new Set((entry.params ?? []).map(({ param }) => param.value));
  const bound = new Set(params.map(({ param }) => param));
  const open = query.params.filter(
    ({ name, required }) =>
      !bound.has(name.value) &&
      // A binding that failed its check is reported already.
      !declared.has(name.value) &&
      !(keyed && (!required || paging.has(name.value))),
  );
  if (open.length === 0) return true;
  const names = listNames(open.map(({ name }) => name.value));
  verification.report(
    "E210",
    entry,
    `the merge leaves ${names} of ${quote(query.name.value)} unbound, so the answer would be written to entries it does not belong to`,
    {
      help: `bind it, "params": { ${quote(open[0]?.name.value ?? "")}: { "from": "input", "path": [...] } }, or use "affects"`,
      related: open.slice(0, mostListed).map(({ name, pointer }) => ({
        pointer,
        message: `the param ${quote(name.value)}`,
      })),
    },
  );
  return false;
}
