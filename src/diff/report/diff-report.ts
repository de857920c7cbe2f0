import type { SourceView } from "../../diagnostics/source-view.js";
import type { Api } from "../../ir/api.js";
import type { ChangeClass, ContractChange } from "../contract-change.js";
import { diffApis } from "../diff-apis.js";

/** One of the two documents, for people and for places. */
export interface ReportedDocument {
  /** As it was named: `HEAD:schema.json`. */
  readonly source: string;
  /** Of the document's `info`. */
  readonly title: string;
  readonly version: string;
  readonly fingerprint: string | null;
  readonly view: SourceView | null;
}

export interface DiffReport {
  readonly before: ReportedDocument;
  readonly after: ReportedDocument;
  readonly changes: readonly ContractChange[];
}

export interface ReportSource {
  readonly api: Api;
  readonly source: string;
  readonly view: SourceView | null;
}

/** Compares two contracts that were read. */
export function reportDiff(before: ReportSource, after: ReportSource): DiffReport {
  return {
    before: reported(before),
    after: reported(after),
    changes: diffApis(before.api, after.api),
  };
}

function reported({ api, source, view }: ReportSource): ReportedDocument {
  const { title, version, contract } = api;
  return { source, title, version, fingerprint: contract.fingerprint ?? null, view };
}

/** From the worst to the least. */
export const changeClasses = ["breaking", "review", "compatible", "neutral"] as const;

export function countClasses(changes: readonly ContractChange[]): Record<ChangeClass, number> {
  const counts = { breaking: 0, review: 0, compatible: 0, neutral: 0 };
  for (const change of changes) counts[change.class]++;
  return counts;
}

/** `2 breaking changes, 1 to review, 3 compatible`: the classes that there are; neutral ones only where asked for. */
export function summarizeChanges(changes: readonly ContractChange[], withNeutral = true): string {
  const { breaking, review, compatible, neutral } = countClasses(changes);
  const parts = [
    [breaking, "breaking"],
    [review, "to review"],
    [compatible, "compatible"],
    [withNeutral ? neutral : 0, "that no client notices"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${String(count)} ${words}`)
    .join(", ");
}
