import type { Components } from "../schema/json-schema.js";
import type { ContextPlan, FunctionPlan, MergePlan, MutationPlan } from "./contract.js";
import type { Findings } from "./findings.js";
import { itemName, outlineOf } from "./outline.js";

/** W140, W220, W221: declarations that are legal and seldom meant. */
export function warnOfTargets(
  functions: ReadonlyMap<string, FunctionPlan>,
  contexts: ReadonlyMap<string, ContextPlan>,
  findings: Findings,
  components: Components,
): void {
  for (const plan of functions.values()) {
    if (plan.kind === "query") warnOfPage(plan, contexts, findings);
    if (plan.kind !== "mutation") continue;
    warnOfSilence(plan, findings);
    plan.merges.forEach((merge, index) => {
      const at = `${plan.name}.merge[${index}]`;
      warnOfUntouched(plan, merge, at, contexts, findings, components);
    });
  }
}

function warnOfPage(
  { name, context, declaration }: Extract<FunctionPlan, { kind: "query" }>,
  contexts: ReadonlyMap<string, ContextPlan>,
  findings: Findings,
): void {
  if (declaration.pagination === undefined || contexts.get(context)?.queries.length === 1) return;
  const message = `each page of "${name}" fetches the whole context "${context}"`;
  findings.report("W140", name, message, "give it a context of its own");
}

function warnOfSilence({ name, output, declaration }: MutationPlan, findings: Findings): void {
  const { merge = [], affects = [], session } = declaration;
  if (output === null || session === "change" || [merge, affects].flat(2).length > 0) return;
  const message = "neither merge nor affects: nothing on the page is brought up to date";
  findings.report("W221", name, message, 'declare what it changes: affects: ["…"]');
}

/** A list of the same type beside the merged slot stays as it was. */
function warnOfUntouched(
  { merges, affects }: MutationPlan,
  merge: MergePlan,
  at: string,
  contexts: ReadonlyMap<string, ContextPlan>,
  findings: Findings,
  components: Components,
): void {
  const context = contexts.get(merge.context);
  if (context === undefined || merge.mode === "remove") return;
  if (affects.some((each) => each.context === "*" || each.context === merge.context)) return;
  const outlines = context.queries.map((query) => ({
    query,
    outline: outlineOf(query.output, components, query.declaration.pagination?.items),
  }));
  const own = outlines.find(({ query }) => query.slot === merge.slot)?.outline;
  const type = own === undefined ? null : (itemName(own.item ?? own.pageItem) ?? own.type);
  if (type === null) return;
  const untouched = outlines.filter(
    ({ query, outline }) =>
      itemName(outline.item ?? outline.pageItem) === type &&
      !merges.some((each) => each.context === merge.context && each.slot === query.slot),
  );
  if (untouched.length === 0) return;
  const slots = untouched.map(({ query }) => `"${query.slot}"`).join(", ");
  findings.report(
    "W220",
    at,
    `the merge leaves ${slots} untouched, with items of the same type`,
    `add a merge for it, or affects: ["${merge.context}"]`,
  );
}
