import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document } from "../../document/document.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { MutationEntry, NormalForm, ViewEntry } from "../normalise/normal-form.js";
import { resolveTargets, type ResolvedTargets } from "./resolve-targets.js";
import { Verification } from "./verification.js";
import { verifyCache } from "./verify-cache.js";
import { verifyDerived } from "./verify-derived.js";
import { verifyFunctions } from "./verify-functions.js";
import { verifyInputPlaces } from "./verify-input-places.js";
import { verifyNames } from "./verify-names.js";
import { verifyPagination } from "./verify-pagination.js";
import { verifyParams } from "./verify-params.js";
import { verifyPaths } from "./verify-paths.js";
import { verifyReferences } from "./verify-references.js";

/** What verification found out on its way. */
export interface Verified {
  /** The targets of each mutation and view, with nothing left open. */
  readonly targets: ReadonlyMap<MutationEntry | ViewEntry, ResolvedTargets>;
  /** Places of schemas whose reference leads nowhere: nothing more need be said of them. */
  readonly broken: ReadonlySet<string>;
}

/** Every check of protocol section 4, each reporting all it finds. */
export function verifyContract(
  document: Document,
  normal: NormalForm,
  contexts: ReadonlyMap<string, ContextGroup>,
  diagnostics: Diagnostics,
): Verified {
  const verification = new Verification(document, normal, contexts, diagnostics);
  verifyNames(verification);
  verifyFunctions(verification);
  const broken = verifyReferences(verification);
  verifyParams(verification);
  verifyCache(verification);
  verifyPagination(verification);
  verifyInputPlaces(verification);
  const targets = resolveTargets(verification);
  verifyDerived(verification, targets);
  verifyPaths(verification);
  return { targets, broken };
}
