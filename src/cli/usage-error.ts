import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** One thing that stands in the way, with its place where it has one. */
export type UsageDetail = Pick<Diagnostic, "message" | "help" | "file" | "range" | "excerpt">;

/** What was asked for cannot be done as it was asked. One message each; reported like any other finding. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code: DiagnosticCode;
  readonly details: readonly UsageDetail[];

  /** `options` are those of every message that has none of its own. */
  constructor(
    code: DiagnosticCode,
    messages: string | readonly (string | UsageDetail)[],
    options: Omit<UsageDetail, "message"> = {},
  ) {
    const list = typeof messages === "string" ? [messages] : messages;
    const details = list.map((entry): UsageDetail => ({
      ...options,
      ...(typeof entry === "string" ? { message: entry } : entry),
    }));
    super(details.map(({ message }) => message).join("; "));
    this.code = code;
    this.details = details;
  }
}
