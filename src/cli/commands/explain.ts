import { explain, unknownCode } from "../../diagnostics/explain.js";
import type { ExitCode } from "../exit-code.js";
import type { Session } from "../session.js";
import { UsageError } from "../usage-error.js";

/** Cause and fix of a diagnostic. Offline, like everything else. */
export function runExplain(session: Session, code: string): ExitCode {
  const text = explain(code);
  if (text === undefined) throw new UsageError("E050", unknownCode(code));
  session.terminal.out(text);
  return 0;
}
