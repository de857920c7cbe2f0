import { quote } from "../../diagnostics/quote.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { Verification } from "./verification.js";
import { listNames, mostListed } from "./list-names.js";

const allowedVary = "Accept-Language";

/** E130 and E131: what is stored for everybody depends on nobody (protocol 3.3). */
export function verifyCache(verification: Verification, context: ContextGroup): void {
  const cache = context.declared?.cache;
  for (const vary of cache?.vary ?? []) {
    if (vary.value === allowedVary) continue;
    verification.report("E131", vary, `a cache cannot vary by ${quote(vary.value)}`, {
      help: `vary by ${quote(allowedVary)} or nothing; what depends on the user belongs to a private context`,
    });
  }
  if (cache?.scope.value === "public") verifyPublic(verification, context, cache.scope.pointer);
}

function verifyPublic(verification: Verification, context: ContextGroup, pointer: string): void {
  const asking = context.queries.filter(({ auth }) => !auth.stated || auth.mode.value !== "none");
  if (asking.length === 0) return;
  const names = listNames(asking.map(({ name }) => name.value));
  verification.report(
    "E130",
    { pointer },
    `the context ${quote(context.name.value)} is public, but ${names} ${asking.length === 1 ? "depends" : "depend"} on who is calling`,
    {
      help: 'make it "private", or move what needs a user to a context of its own',
      related: asking.slice(0, mostListed).map(({ name, auth }) => ({
        pointer: auth.mode.pointer,
        message: auth.stated
          ? `${quote(name.value)}: auth is ${quote(auth.mode.value)}`
          : `${quote(name.value)}: auth is not stated`,
      })),
    },
  );
}
