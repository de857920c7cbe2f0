import { quote } from "../../diagnostics/quote.js";
import { slotOf } from "../contexts/group-contexts.js";
import type { Slot } from "../contexts/slot-index.js";
import type { MergeEntry, MutationEntry } from "../normalise/normal-form.js";
import { declaredMembers, memberOf } from "../shape/member.js";
import type { Outline } from "../shape/outline.js";
import { sameSchema } from "../shape/same-schema.js";
import type { Verification } from "./verification.js";
import { listNames, mostListed } from "./list-names.js";

/** E205 and E206: a patch is an object whose every member stands in the slot's object with the same schema. */
export function verifyPatch(
  verification: Verification,
  mutation: MutationEntry,
  entry: MergeEntry,
  slot: Slot,
  value: Outline,
): boolean {
  const { document } = verification;
  const target = slot.outline.core.at;
  const members = declaredMembers(document, value.core.at);
  if (slot.outline.element !== null || members.size === 0) {
    const why =
      slot.outline.element === null
        ? `the output of ${quote(mutation.name.value)} declares no members`
        : `the slot ${quote(slotOf(slot.query))} is a list`;
    verification.report("E205", entry.mode ?? entry, `"patch" changes an object, but ${why}`, {
      related: [{ pointer: slot.query.output.pointer, message: "the slot" }],
    });
    return false;
  }
  const related = [...members].flatMap(([name, { at }]) => {
    const found = memberOf(document, target, name);
    if (found.kind === "open") return [];
    if (found.kind === "missing") {
      return [{ name, pointer: at.pointer, message: `the slot has no ${quote(name)}` }];
    }
    return sameSchema(document, at, found.at)
      ? []
      : [{ name, pointer: at.pointer, message: `${quote(name)} has another schema in the slot` }];
  });
  if (related.length === 0) return true;
  const names = listNames(related.map(({ name }) => name));
  verification.report(
    "E206",
    entry,
    `the output of ${quote(mutation.name.value)} is no part of the slot ${quote(slotOf(slot.query))}: ${names}`,
    {
      help: 'answer with a part of the slot\'s type only, use "replace" with the whole of it, or "affects"',
      related: related.slice(0, mostListed).map(({ pointer, message }) => ({ pointer, message })),
    },
  );
  return false;
}
