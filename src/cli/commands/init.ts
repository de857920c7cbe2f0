import { dirname, resolve } from "node:path";
import { ConfigError } from "../../config/config-error.js";
import { applySteps, type Applied } from "../../init/apply-steps.js";
import { planInit } from "../../init/plan-init.js";
import type { Step } from "../../init/step.js";
import { lookAround } from "../../init/surroundings.js";
import { chooseConfig } from "../choose-config.js";
import { systemCode, systemReason } from "../../output/output-error.js";
import { choosePackage } from "../choose-package.js";
import { describePlan, describeSurroundings, nextSteps } from "../describe-init.js";
import { exitCodes, type ExitCode } from "../exit-code.js";
import type { InitFlags } from "../flags.js";
import { nameFrom } from "../../diagnostics/name-from.js";
import { Interrupted, openPrompt, type Prompt } from "../prompt.js";
import { checkDirectory, conclude, type Session } from "../session.js";
import { UsageError } from "../usage-error.js";

/** Sets a project up: asks at most three questions, shows every change, then makes it. Whatever is there stays. */
export async function runInit(
  session: Session,
  input: string | undefined,
  flags: InitFlags,
): Promise<ExitCode> {
  const { cwd } = session;
  checkDirectory(session, flags);
  const text = session.format === "text" && !session.report.quiet;
  const prompt = flags.yes || flags.dryRun || !text ? undefined : openPrompt();
  try {
    const start =
      flags.config === undefined ? await choosePackage(cwd) : dirname(resolve(cwd, flags.config));
    const around = lookAround(start);
    if (text) session.terminal.out(describeSurroundings(around, cwd));
    const config = await chooseConfig(around, { cwd, input, flags, prompt });
    const steps = await planInit(around, config);
    const shown = describePlan(steps, around, config, cwd);
    const pending = steps.filter(({ action }) => action !== "keep");
    const more = {
      files: steps.map(({ file, action, about }) => ({ path: nameFrom(cwd, file), action, about })),
    };
    if (pending.length === 0 || flags.dryRun) {
      const end = pending.length === 0 ? "nothing to do" : "nothing was written";
      return conclude(session, { findings: [], text: `${shown}${end}\n`, more });
    }
    if (text) session.terminal.out(shown);
    if (!flags.yes && !(await agrees(prompt))) {
      session.terminal.out("nothing was written\n");
      return exitCodes.ok;
    }
    const applied = applySteps(steps);
    if (!applied.ok) throw notAll(applied, pending, cwd);
    const told = `wrote ${pending.length} file${pending.length === 1 ? "" : "s"}\n`;
    return conclude(session, { findings: [], text: told + nextSteps(around, cwd), more });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw asUsageError(error, session.cwd);
    session.terminal.out("\nnothing was written\n");
    return exitCodes.interrupted;
  } finally {
    prompt?.close();
  }
}

async function agrees(prompt: Prompt | undefined): Promise<boolean> {
  if (prompt === undefined) {
    throw new UsageError("E050", "init asks before it writes, and there is no terminal to ask in", {
      help: "add --yes to write this, or --dry-run to look only",
    });
  }
  return /^y(es)?$/i.test(await prompt.ask("Write this?", "yes"));
}

function notAll(
  applied: Extract<Applied, { ok: false }>,
  pending: readonly Step[],
  cwd: string,
): UsageError {
  const name = ({ file }: Step): string => nameFrom(cwd, file);
  const done = applied.done.map(name);
  const open = pending.slice(done.length + 1).map(name);
  const parts = [
    done.length === 0 ? "nothing was written" : `written: ${done.join(", ")}`,
    ...(open.length === 0 ? [] : [`not tried: ${open.join(", ")}`]),
  ];
  return new UsageError("E055", `${name(applied.failed)}: ${applied.reason}`, {
    help: `${parts.join("; ")}; run init again when the obstacle is gone, it does what is left`,
  });
}

/** A file of the project that is not as it should be is nobody's fault here. */
function asUsageError(error: unknown, cwd: string): unknown {
  if (error instanceof ConfigError) {
    const { message, place, help, file = "package.json" } = error;
    const name = nameFrom(cwd, file);
    const text = `${name} could not be read: ${message}`;
    return new UsageError("E052", text, { file: name, help, ...place });
  }
  if (error instanceof UsageError || systemCode(error) === undefined) return error;
  const { path = "" } = error as NodeJS.ErrnoException;
  const name = path === "" ? "" : `${nameFrom(cwd, path)}: `;
  return new UsageError("E001", `${name}${systemReason(error)}`, { help: "nothing was written" });
}
