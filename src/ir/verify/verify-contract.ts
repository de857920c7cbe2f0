import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { Entry, MutationEntry, NormalForm, ViewEntry } from "../normalise/normal-form.js";
import type { Steps } from "../steps/steps.js";
import { resolveTargets, type ResolvedTargets } from "./resolve-targets.js";
import { Verification } from "./verification.js";
import { verifyCache } from "./verify-cache.js";
import { verifyDerived } from "./verify-derived.js";
import { verifyFunction } from "./verify-function.js";
import { verifyInputPlaces } from "./verify-input-places.js";
import { verifyContextName, verifyName, verifyNames } from "./verify-names.js";
import { verifyPagination } from "./verify-pagination.js";
import { verifyParams, verifySharedParams } from "./verify-params.js";
import { verifyPaths } from "./verify-paths.js";
import { verifyReferences } from "./verify-references.js";

/** What verification found out on its way. */
export interface Verified {
  /** The targets of each mutation and view, with nothing left open. */
  readonly targets: ReadonlyMap<MutationEntry | ViewEntry, ResolvedTargets>;
  /** Places of schemas whose reference leads nowhere: nothing more need be said of them. */
  readonly broken: ReadonlySet<Pointer>;
}

/** Every check of protocol section 4, each reporting all it finds. */
export function verifyContract(
  steps: Steps,
  normal: NormalForm,
  contexts: ReadonlyMap<string, ContextGroup>,
): Verified {
  const verification = new Verification(steps, normal, contexts);
  const contextIdentifiers = steps.each(
    "context checks",
    contexts.values(),
    ({ name }) => name.value,
    (context, add) => add(context),
    (context) => {
      verifySharedParams(verification, context);
      verifyCache(verification, context);
      return verifyContextName(verification, context);
    },
  );
  const broken = new Set<Pointer>();
  const targets = new Map<MutationEntry | ViewEntry, ResolvedTargets>();
  const identifiers = new Map<Entry, string>();
  const { included } = verification;
  const checked = steps.each(
    "entry checks",
    included,
    ({ pointer }) => pointer,
    (entry, add) => add(entry),
    (entry) => verifyEntry(verification, entry),
  );
  for (const [index, entry] of included.entries()) {
    const found = checked[index];
    if (found === undefined) continue;
    identifiers.set(entry, found.identifier);
    for (const place of found.broken) broken.add(place);
    if (found.targets !== undefined && (entry.kind === "mutation" || entry.kind === "view")) {
      targets.set(entry, found.targets);
    }
  }
  // What they are called follows from what they are.
  steps.closed("names that fall together", [...included, ...contexts.values()], () => {
    verifyNames(verification, identifiers, contextIdentifiers);
  });
  verifyDerived(verification, targets);
  verifyPaths(verification);
  return { targets, broken };
}

/** The checks of one function. */
function verifyEntry(
  verification: Verification,
  entry: Entry,
): {
  identifier: string;
  broken: readonly Pointer[];
  targets: ResolvedTargets | undefined;
} {
  const identifier = verifyName(verification, entry);
  verifyFunction(verification, entry);
  const broken = verifyReferences(verification, entry);
  verifyParams(verification, entry);
  verifyPagination(verification, entry);
  verifyInputPlaces(verification, entry);
  const targets =
    entry.kind === "mutation" || entry.kind === "view"
      ? resolveTargets(verification, entry)
      : undefined;
  return { identifier, broken, targets };
}
