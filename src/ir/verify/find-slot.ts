import { quote } from "../../diagnostics/quote.js";
import { slotOf, type ContextGroup } from "../contexts/group-contexts.js";
import type { Slot } from "../contexts/slot-index.js";
import { lastStep } from "../../document/pointer.js";
import type { MergeEntry, MutationEntry } from "../normalise/normal-form.js";
import type { Outline } from "../shape/outline.js";
import type { Verification } from "./verification.js";
import { mostListed } from "./list-names.js";

/**
 * Finds the slot of a merge that names none, by the identity of its type: the type itself, else a list of it, else a page of it
 * (ranks 1 to 3 of protocol section 4). A lower rank is looked at only if the higher is empty; a declared mode rules out the ranks
 * it does not fit. Reports E201, E202 or E203.
 */
export function findSlot(
  verification: Verification,
  mutation: MutationEntry,
  entry: MergeEntry,
  context: ContextGroup,
  value: Outline,
): Slot | null {
  const type = value.identity;
  const element = value.element?.identity ?? null;
  if (type === null && element === null) {
    verification.report(
      "E203",
      entry,
      `the output of ${quote(mutation.name.value)} is not a named type, so its slot cannot be found`,
      {
        help: `name it: { "context": ${quote(context.name.value)}, "slot": ${quote([...context.slots.keys()][0] ?? "")} }`,
        related: [{ pointer: mutation.output?.pointer ?? mutation.pointer, message: "the output" }],
      },
    );
    return null;
  }
  const slots = verification.slotsOf(context);
  const mode = entry.mode?.value;
  const whole = mode === undefined || mode === "replace" || mode === "patch";
  const items = mode === undefined || !whole;
  const same = element !== null ? slots.lists(element) : type !== null ? slots.objects(type) : [];
  const ranks = [
    whole ? same : [],
    items && type !== null ? slots.lists(type) : [],
    items && type !== null ? slots.pages(type) : [],
  ];
  const candidates = ranks.find((rank) => rank.length > 0) ?? [];
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const held = type === null ? `lists of ${lastStep(element ?? "")}` : lastStep(type);
  if (candidates.length === 0) reportNone(verification, entry, context, held);
  else reportSeveral(verification, entry, context, candidates, held);
  return null;
}

function reportSeveral(
  verification: Verification,
  entry: MergeEntry,
  context: ContextGroup,
  candidates: readonly Slot[],
  held: string,
): void {
  const names = candidates.map(({ query }) => slotOf(query));
  verification.report(
    "E201",
    entry,
    `merge into context ${quote(context.name.value)} is ambiguous: ${String(names.length)} slots hold ${held}`,
    {
      help: `name one: { "context": ${quote(context.name.value)}, "slot": ${quote(names[0] ?? "")} }`,
      related: candidates.slice(0, mostListed).map(({ query }) => ({
        pointer: query.pointer,
        message: `candidate ${quote(slotOf(query))}`,
      })),
    },
  );
}

function reportNone(
  verification: Verification,
  entry: MergeEntry,
  context: ContextGroup,
  held: string,
): void {
  verification.report(
    "E202",
    entry,
    `no slot of the context ${quote(context.name.value)} holds ${held}`,
    {
      help: `use "affects": [{ "context": ${quote(context.name.value)} }], or let the query and the mutation share one named type`,
      related: context.queries.slice(0, mostListed).map((query) => ({
        pointer: query.output.pointer,
        message: `the slot ${quote(slotOf(query))}`,
      })),
    },
  );
}
