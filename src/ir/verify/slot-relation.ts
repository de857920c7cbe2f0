import type { Document } from "../../document/document.js";
import type { Slot } from "../contexts/slot-index.js";
import type { Core } from "../shape/identity.js";
import type { Outline } from "../shape/outline.js";
import { sameSchema } from "../shape/same-schema.js";

/** How a value stands to a slot: the whole of it, one item of its list or page, or neither. */
export type Relation = "same" | "item" | "other";

/** Compares by identity, and by structure where a type has no name (a dereferenced document). */
export function relationOf(document: Document, value: Outline, slot: Slot): Relation {
  if (value.element !== null && slot.outline.element !== null) {
    if (sameType(document, value.element, slot.outline.element)) return "same";
  } else if (sameType(document, value.core, slot.outline.core)) {
    return "same";
  }
  const item = slot.outline.element ?? slot.page;
  return item !== null && sameType(document, value.core, item) ? "item" : "other";
}

function sameType(document: Document, left: Core, right: Core): boolean {
  if (left.identity !== null && left.identity === right.identity) return true;
  return sameSchema(document, left.at, right.at);
}
