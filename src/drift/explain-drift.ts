import type { Manifest } from "../output/manifest.js";
import type { Change } from "../output/plan-changes.js";
import { explainChange } from "./explain-change.js";
import { findCauses } from "./find-causes.js";
import { summarizeContract, type ContractSummary } from "./summarize-contract.js";

/** Why files are not what the document gives. */
export interface Drift {
  /** By path: what a run of the generator would change in the file. */
  readonly details: ReadonlyMap<string, readonly string[]>;
  /** What has become other since the last run; empty when only the files have. */
  readonly causes: readonly string[];
  /** Null when the contract is the same. */
  readonly contract: ContractSummary | null;
}

/**
 * Explains the changes that a plan holds, by the declarations of the files as they are and as they should be. Only what is not in step is
 * looked at.
 *
 * @param before the manifest of the last run
 * @param now what the manifest would say
 */
export async function explainDrift(
  changes: readonly Change[],
  before: Manifest | null,
  now: Pick<Manifest, "generator" | "input" | "options">,
): Promise<Drift> {
  const drifted = changes.filter(({ kind }) => kind !== "unchanged");
  const details = new Map<string, readonly string[]>();
  for (const change of drifted) {
    const phrases = await explainChange(change);
    if (phrases.length > 0) details.set(change.path, phrases);
  }
  const causes = findCauses(before, now);
  // What somebody has done to a file by hand is no change of the contract.
  const contract = causes.length === 0 ? null : await summarizeContract(drifted);
  return { details, causes, contract };
}
