import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { printable } from "../diagnostics/quote.js";

/** An error that no stage expected is a fault of ours: said in one line, with what to do about it. */
export function internalFault(error: unknown): {
  readonly diagnostic: Diagnostic;
  readonly stack: string | undefined;
} {
  const message = error instanceof Error ? error.message : String(error);
  const firstLine = printable(message.split("\n")[0] ?? "").slice(0, 500);
  return {
    diagnostic: {
      code: "E900",
      severity: "error",
      message: `mizan-gen made a mistake: ${firstLine === "" ? "an error without a message" : firstLine}`,
      help: "this is our fault, not your document's; please report it with this message and `mizan-gen --version`, and add --debug for a stack trace",
    },
    stack: error instanceof Error ? error.stack : undefined,
  };
}
