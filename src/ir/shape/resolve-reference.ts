import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, Resolution } from "../../document/document.js";

/** What references from the root of a document lead to, which does not depend on where they stand. */
const known = new WeakMap<Document, Map<string, Resolution>>();

/** `document.resolve`, looking up each reference from the root once: the same few types are asked about again and again. */
export function resolveReference(document: Document, reference: string, from: Pointer): Resolution {
  if (!reference.startsWith("#/") || !from.startsWith("#"))
    return document.resolve(reference, from);
  let targets = known.get(document);
  if (targets === undefined) {
    targets = new Map();
    known.set(document, targets);
  }
  const earlier = targets.get(reference);
  if (earlier !== undefined) return earlier;
  const target = document.resolve(reference, from);
  if (target.found && !target.local) targets.set(reference, target);
  return target;
}
