import type { Affect, Binding, Merge, Mutation } from "../../ir/api.js";
import { codeSpan } from "../print/doc-comment.js";

/** What the hover of a mutation says beside its own documentation: where its answer goes, what is read anew, how it can fail. */
export function factsOf({ merges, affects, errors, session }: Mutation): string[] {
  const facts = merges.map(mergeFact);
  if (affects.length > 0) facts.push(`Invalidates ${list(affects.map(affectText))}.`);
  if (session === "change") facts.push("May change who is signed in: private data is dropped.");
  if (errors.length > 0) {
    const codes = errors.map(({ code, status }) => `${codeSpan(code)} (${status})`);
    facts.push(`Can fail with ${list(codes)}.`);
  }
  return facts;
}

const verbs: Readonly<Record<Merge["mode"], string>> = {
  replace: "Merges its result into",
  patch: "Merges its result into",
  update: "Updates its item in",
  upsert: "Adds or updates its item in",
  remove: "Removes its item from",
};

function mergeFact({ mode, context, slot, params }: Merge): string {
  return `${verbs[mode]} ${codeSpan(`${context}.${slot}`)}${scope(params)}.`;
}

function affectText({ context, params }: Affect): string {
  return context === "*" ? "everything" : `${codeSpan(context)}${scope(params)}`;
}

/** The params that narrow a change down to some of the entries of a context. */
function scope(params: readonly Binding[]): string {
  return params.length === 0 ? "" : ` of this ${list(params.map(({ param }) => codeSpan(param)))}`;
}

function list(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}
