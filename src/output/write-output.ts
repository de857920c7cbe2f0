import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/quote.js";
import { severityOf, type DiagnosticCode } from "../diagnostics/catalogue.js";
import { applyChanges } from "./apply-changes.js";
import type { HashedFile } from "./hashed-file.js";
import { manifestName, printManifest, type Manifest } from "./manifest.js";
import { holdSignals } from "./hold-signals.js";
import { makeOutputDirectory } from "./output-directory.js";
import { withOutputLock } from "./output-lock.js";
import type { OutputMemory } from "./output-memory.js";
import { outputReader, readOutputState, type OutputState } from "./output-state.js";
import { planChanges, type Change, type Plan } from "./plan-changes.js";

export interface OutputRequest {
  /** Real path, from `resolveOutputDirectory`. */
  readonly directory: string;
  readonly files: readonly HashedFile[];
  /** What the manifest will say beside the files. */
  readonly manifest: Omit<Manifest, "files">;
  /** Take over files that no earlier run wrote. */
  readonly force: boolean;
  /** What a watch keeps of the directory. */
  readonly memory?: OutputMemory | undefined;
  /** Asked when all is ready to be written: a run whose input has changed in the meantime writes nothing. */
  readonly isOvertaken?: (() => boolean) | undefined;
}

export interface OutputPlan extends Plan {
  /** Errors: nothing may be written. Warnings: what is about to be lost. */
  readonly findings: readonly Diagnostic[];
  readonly state: OutputState;
  /** The new text of the manifest, or null when the one on disk says the same. */
  readonly manifestText: string | null;
  /** Nothing was written, as the input has changed in the meantime. */
  readonly isOvertaken?: boolean | undefined;
}

/** Compares the files with the directory. Reads only. @throws OutputError E055 */
export function planOutput(request: OutputRequest): OutputPlan {
  const { directory, files, manifest, force, memory } = request;
  const state = readOutputState(directory, memory?.manifest);
  const look = outputReader(directory, memory?.onDisk);
  const plan = planChanges(files, state.owned, look, memory?.order);
  memory?.onDisk.keep(plan.hashes);
  const text = printManifest({ ...manifest, files: plan.hashes });
  return {
    ...plan,
    state,
    // Line ends aside, as with every file.
    manifestText: state.manifestText?.replaceAll("\r\n", "\n") === text ? null : text,
    findings:
      state.problem === "newer" && !force
        ? [laterVersion()]
        : [...manifestFindings(state), ...plan.changes.flatMap((change) => find(change, force))],
  };
}

/**
 * Plans under a lock, and writes unless a finding is an error.
 *
 * @throws OutputError E055 (nothing was changed, or the message says so), E057
 */
export async function writeOutput(request: OutputRequest): Promise<OutputPlan> {
  const { directory } = request;
  const removeEmpty = makeOutputDirectory(directory);
  try {
    return await holdSignals(() =>
      withOutputLock(directory, () => {
        const plan = planOutput(request);
        if (plan.findings.some((finding) => finding.severity === "error")) return plan;
        if (request.isOvertaken?.() === true) return { ...plan, isOvertaken: true };
        if (isStep(plan) || plan.state.debris) {
          const { manifestText, state } = plan;
          applyChanges({ directory, plan, manifestText, journals: state.journals });
          // The next run finds it read, now that nobody waits for the files.
          if (manifestText !== null) request.memory?.manifest.read(manifestText);
        }
        return plan;
      }),
    );
  } catch (error) {
    removeEmpty();
    throw error;
  }
}

/** Whether there is anything to write. */
function isStep(plan: OutputPlan): boolean {
  return plan.manifestText !== null || plan.changes.some(isDrift);
}

/** Whether a file is not as it should be. */
export function isDrift(change: Change): boolean {
  return change.kind !== "unchanged";
}

/** Whatever it says, an older generator must not write over it. */
function laterVersion(): Diagnostic {
  return {
    ...finding("E056", `${manifestName} was written by a later version of mizan-gen`, manifestName),
    help: "update mizan-gen, or write the files anew with --force",
  };
}

function manifestFindings({ problem }: OutputState): Diagnostic[] {
  if (problem !== "damaged") return [];
  return [finding("W051", `${manifestName} does not parse`, manifestName)];
}

function find({ kind, path, before }: Change, force: boolean): Diagnostic[] {
  if (kind === "hand-edited") {
    return [finding("W050", `${quote(path)} was edited by hand; the edit is overwritten`, path)];
  }
  if (kind === "abandoned") {
    return [
      finding(
        "W052",
        `${quote(path)} is no longer generated, but was edited by hand; it stays`,
        path,
      ),
    ];
  }
  if (kind !== "foreign") return [];
  if (before === undefined) return [finding("E056", `${quote(path)} is not a file`, path)];
  if (force) return [];
  return [finding("E056", `${quote(path)} exists and was not written by mizan-gen`, path)];
}

function finding(code: DiagnosticCode, message: string, file: string): Diagnostic {
  return { code, severity: severityOf(code), message, file };
}
