import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document } from "../../document/document.js";
import { groupContexts } from "../contexts/group-contexts.js";
import { normaliseDocument } from "../normalise/normalise-document.js";
import { EveryStep } from "../steps/steps.js";
import { verifyContract } from "../verify/verify-contract.js";
import { printStrictForm, type StrictForm } from "./print-strict-form.js";

/** The extensions of a document in the strict form, whatever form they were written in; null when there are no functions. */
export function readStrictForm(
  document: Document,
  diagnostics: Diagnostics = new Diagnostics(),
  isIncluded?: (name: string) => boolean,
): StrictForm | null {
  const steps = new EveryStep(document, diagnostics);
  const normal = normaliseDocument(steps, isIncluded);
  if (normal === null) return null;
  const contexts = groupContexts(steps, normal);
  const verified = verifyContract(steps, normal, contexts);
  return printStrictForm(document, normal, contexts, verified);
}
