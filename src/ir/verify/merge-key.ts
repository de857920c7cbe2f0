import { quote } from "../../diagnostics/quote.js";
import { slotOf } from "../contexts/group-contexts.js";
import type { Slot } from "../contexts/slot-index.js";
import type { MergeEntry } from "../normalise/normal-form.js";
import { memberOf } from "../shape/member.js";
import { isScalar } from "../shape/scalar.js";
import type { Verification } from "./verification.js";

/** The members by which an item of the slot is recognised: declared with the merge or the query, else a required scalar `id` (E204). */
export function keyOf(
  verification: Verification,
  entry: MergeEntry,
  slot: Slot,
): readonly string[] | null {
  const item = (slot.outline.element ?? slot.page)?.at;
  if (item === undefined) return null;
  const declared = entry.key ?? slot.query.key;
  if (declared === undefined || declared.value.length === 0) {
    const id = memberOf(verification.document, item, "id");
    if (id.kind === "found" && id.required && isScalar(verification.document, id.at)) return ["id"];
    verification.report(
      "E204",
      declared ?? entry,
      `the items of ${quote(slotOf(slot.query))} have no key: none is declared, and they have no required scalar "id"`,
      {
        help: `declare the members that identify an item: "key": ["..."] at the query ${quote(slot.query.name.value)}`,
        related: [{ pointer: slot.query.output.pointer, message: "the slot" }],
      },
    );
    return null;
  }
  for (const name of declared.value) {
    const found = memberOf(verification.document, item, name.value);
    if (
      found.kind === "open" ||
      (found.kind === "found" && isScalar(verification.document, found.at))
    ) {
      continue;
    }
    verification.report(
      "E204",
      name,
      found.kind === "missing"
        ? `the items of ${quote(slotOf(slot.query))} have no member ${quote(name.value)} to serve as key`
        : `the member ${quote(name.value)} is no scalar, so it cannot serve as key`,
      { related: [{ pointer: slot.query.output.pointer, message: "the slot" }] },
    );
    return null;
  }
  return declared.value.map(({ value }) => value);
}
