import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document } from "../../document/document.js";
import { groupContexts } from "../contexts/group-contexts.js";
import { normaliseDocument } from "../normalise/normalise-document.js";
import { verifyContract } from "../verify/verify-contract.js";
import { printStrictForm, type StrictForm } from "./print-strict-form.js";

/** The extensions of a document in the strict form, whatever form they were written in; null when there are no functions. */
export function readStrictForm(
  document: Document,
  diagnostics: Diagnostics = new Diagnostics(),
  isIncluded?: (name: string) => boolean,
): StrictForm | null {
  const normal = normaliseDocument(document, diagnostics, isIncluded);
  if (normal === null) return null;
  const contexts = groupContexts(normal);
  const verified = verifyContract(document, normal, contexts, diagnostics);
  return printStrictForm(document, normal, contexts, verified);
}
