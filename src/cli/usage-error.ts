import type { DiagnosticCode } from "../diagnostics/catalogue.js";

/** What was asked for cannot be done as it was asked. One message each; reported like any other finding. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code: DiagnosticCode;
  readonly messages: readonly string[];
  readonly help: string | undefined;
  /** The config file that says so. */
  readonly file: string | undefined;

  constructor(
    code: DiagnosticCode,
    messages: string | readonly string[],
    options: { readonly help?: string; readonly file?: string } = {},
  ) {
    const list = typeof messages === "string" ? [messages] : messages;
    super(list.join("; "));
    this.code = code;
    this.messages = list;
    this.help = options.help;
    this.file = options.file;
  }
}
