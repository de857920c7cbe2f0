import type { DiagnosticCode } from "../diagnostics/catalogue.js";

/** The directory cannot be written as asked. Caught at the edge of the stage and reported like any other finding. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  readonly code: DiagnosticCode;
  readonly help: string | undefined;

  constructor(code: DiagnosticCode, message: string, help?: string) {
    super(message);
    this.code = code;
    this.help = help;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "there is a file where a directory is needed",
  EISDIR: "there is a directory of that name",
  EEXIST: "there is a file where a directory is needed",
  ENOENT: "it does not exist",
  ENOTEMPTY: "there is a directory of that name",
  ENAMETOOLONG: "the name is too long for the file system",
  ELOOP: "symbolic links lead in a circle",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EBUSY: "another program holds it open",
  ETXTBSY: "another program holds it open",
  EIO: "the device reported an error",
};

/** The `code` of an error of the operating system, or undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** What an error of the operating system means, without its path: `no space is left on the device`. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  const reason = code === undefined ? undefined : reasons[code];
  if (reason !== undefined) return `${reason} (${code})`;
  return error instanceof Error ? error.message : String(error);
}
