import { execFile, type ExecFileException } from "node:child_process";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { severityOf } from "../diagnostics/catalogue.js";
import type { Diagnostics } from "../diagnostics/diagnostics.js";
import { printable } from "../diagnostics/quote.js";
import { defaultMaxBytes } from "../document/document-input.js";
import { formatOfName, type Source } from "../document/source.js";

/** A file as a revision of the Git repository has it, written as Git writes it: `HEAD:schema.json`, `v1.2:./schema.json`. */
export interface Revision {
  /** As given. */
  readonly name: string;
  readonly path: string;
}

/**
 * What an argument names when it is no file, no URL and no `-`. A file of that very name comes first, and so does a drive letter. Null
 * for anything that Git could take for an option.
 */
export function revisionOf(argument: string, cwd: string): Revision | null {
  const [, revision = "", path = ""] = /^([^:]+):(.+)$/s.exec(argument) ?? [];
  if (revision.length < 2 || revision.startsWith("-") || path.startsWith("//")) return null;
  return fileKind(resolve(cwd, argument)) === "missing" ? { name: argument, path } : null;
}

const timeoutMs = 30_000;

/**
 * The bytes that Git keeps, unchanged by filters of the working tree. References to other files cannot be followed: those on disk are
 * of another time. Null when Git has nothing; reported as E001.
 */
export async function readRevision(
  { name, path }: Revision,
  cwd: string,
  diagnostics: Diagnostics,
): Promise<Source | null> {
  const found = await run(["cat-file", "blob", name], cwd);
  if (typeof found !== "string") {
    const hash = createHash("sha256").update(found).digest("hex");
    return { name, origin: { kind: "none" }, bytes: found, hash, format: formatOfName(path) };
  }
  diagnostics.add({
    code: "E001",
    severity: severityOf("E001"),
    message: `${name} could not be read: ${printable(found)}`,
    help: 'a path after a revision counts from the root of the repository, and one that begins with "./" from here; a shallow clone has no other revisions (actions/checkout: fetch-depth: 0)',
  });
  return null;
}

/** What Git prints, or a sentence about why it does not. */
function run(args: readonly string[], cwd: string): Promise<Buffer | string> {
  return new Promise((done) => {
    const options = {
      cwd,
      encoding: "buffer" as const,
      maxBuffer: defaultMaxBytes,
      timeout: timeoutMs,
      windowsHide: true,
      // Messages that we pass on, in one language.
      env: { ...process.env, LC_ALL: "C" },
    };
    execFile("git", args, options, (error, stdout, stderr) => {
      if (error === null) return done(stdout);
      done(reasonOf(error, stderr.toString("utf8")));
    });
  });
}

function reasonOf(error: ExecFileException, stderr: string): string {
  if (error.code === "ENOENT") return "there is no git on this machine";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "it is larger than 64 MiB";
  const said = stderr
    .split("\n")
    .map((line) => line.replace(/^(fatal|error): /, "").trim())
    .find((line) => line !== "");
  return said === undefined ? "git gave up" : `git says "${said}"`;
}
