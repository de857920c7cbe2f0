import {
  chmodSync,
  linkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { systemCode, systemReason } from "../output/output-error.js";
import { readTextIfThere } from "./read-text.js";
import type { Step } from "./step.js";

export type Applied =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** What was done before. */
      readonly done: readonly Step[];
      readonly failed: Step;
      readonly reason: string;
    };

/** Does the steps one after another, each file whole or not at all; stops at the first that fails. */
export function applySteps(steps: readonly Step[]): Applied {
  const done: Step[] = [];
  for (const step of steps) {
    const reason = apply(step);
    if (reason !== undefined) return { ok: false, done, failed: step, reason };
    if (step.action !== "keep") done.push(step);
  }
  return { ok: true };
}

/** Why it could not be done, or undefined. */
function apply(step: Step): string | undefined {
  if (step.action === "keep") return undefined;
  let beside: string | undefined;
  try {
    // A link stays a link: what it leads to is changed.
    const file = step.action === "edit" ? realpathSync(step.file) : step.file;
    beside = join(dirname(file), `.${basename(file)}.${process.pid}.mizan-tmp`);
    const now = readTextIfThere(step.file);
    if (step.action === "create" && now !== null) return "somebody made it meanwhile";
    if (step.action === "edit" && now !== step.before) return "somebody changed it meanwhile";
    writeFileSync(beside, step.text);
    if (step.action === "create") createFrom(beside, file);
    else {
      chmodSync(beside, statSync(file).mode);
      renameSync(beside, file);
    }
    return undefined;
  } catch (error) {
    return systemCode(error) === "EEXIST" ? "somebody made it meanwhile" : systemReason(error);
  } finally {
    if (beside !== undefined) rmSync(beside, { force: true });
  }
}

/** Gives a file its name only if nobody has it. */
function createFrom(beside: string, file: string): void {
  try {
    linkSync(beside, file);
  } catch (error) {
    // File systems without hard links; whether the name is free was asked a moment ago.
    if (systemCode(error) === "EEXIST") throw error;
    renameSync(beside, file);
  }
}
