import type { Finding } from "./findings.js";

/** All that keeps a registry from being served or exported. Thrown before the first request. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";

  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(findingText).join("\n"));
    this.findings = findings;
  }
}

/** `E202 rename_user.merge[0]: no slot …` and the way out below. */
export function findingText({ code, at, message, help }: Finding): string {
  return `${code} ${at}: ${message}${help === undefined ? "" : `\n  help: ${help}`}`;
}
