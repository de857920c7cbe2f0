import { quote } from "../../diagnostics/quote.js";
import type { Verification } from "./verification.js";

/** W301 and W150: functions that do not say who may call them, and subscriptions, which are skipped. */
export function verifyFunctions(verification: Verification): void {
  for (const { name, kind, auth, declaredKind } of verification.included()) {
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
}
