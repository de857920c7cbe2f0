import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** docs/cli.md: what a CI can tell apart. */
export const exitCodes = {
  ok: 0,
  /** Drift, or more warnings than allowed. */
  drift: 1,
  /** The job could not be done. */
  failed: 2,
  /** Ctrl-C instead of an answer. */
  interrupted: 130,
  /** SIGTERM ended a watch. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** @param maxWarnings undefined for any number */
export function exitCodeOf(
  diagnostics: readonly Diagnostic[],
  { drift, maxWarnings }: { readonly drift: boolean; readonly maxWarnings: number | undefined },
): ExitCode {
  if (diagnostics.some((finding) => finding.severity === "error")) return exitCodes.failed;
  const warnings = diagnostics.filter((finding) => finding.severity === "warning").length;
  if (drift || (maxWarnings !== undefined && warnings > maxWarnings)) return exitCodes.drift;
  return exitCodes.ok;
}
