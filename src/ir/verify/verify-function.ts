import { quote } from "../../diagnostics/quote.js";
import type { Entry } from "../normalise/normal-form.js";
import type { Verification } from "./verification.js";

/** W301 and W150: a function that does not say who may call it, and a subscription, which is skipped. */
export function verifyFunction(
  verification: Verification,
  { name, kind, auth, declaredKind }: Entry,
): void {
  if (!auth.stated) {
    verification.report("W301", name, `${quote(name.value)} does not say who may call it`, {
      help: 'write "auth": { "mode": "required" }, "optional" or "none"',
    });
  }
  if (kind === "subscription") {
    const message = `the subscription ${quote(name.value)} is skipped: subscriptions are experimental`;
    verification.report("W150", declaredKind ?? name, message);
  }
}
