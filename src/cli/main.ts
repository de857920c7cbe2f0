import { CommanderError } from "commander";
import type { ExitCode } from "./exit-code.js";
import { formats, type Format } from "./flags.js";
import { hoistCommand } from "./hoist-command.js";
import { createProgram, takesValue, usageErrorOf } from "./program.js";
import { conclude, findingsOf, openSession } from "./session.js";
import { processTerminal, type Terminal } from "./terminal.js";

/** Runs the command line of this process. Sets the exit code; the process ends by itself when everything is written. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}

/** Runs one command line. Never throws. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(terminal, (result) => (code = result));
  const commands = program.commands.map((command) => command.name());
  const hoisted = hoistCommand(args, commands, takesValue(program));
  try {
    await program.parseAsync(withDefaultCommand(hoisted, commands), { from: "user" });
    return code;
  } catch (error) {
    const cause = error instanceof CommanderError ? usageErrorOf(error) : error;
    if (cause === undefined) return 0;
    // The command line did not parse, so what it says of the format is looked up by hand.
    const flags = { format: formatOf(args), debug: args.includes("--debug") };
    return conclude(openSession({ ...flags, color: !args.includes("--no-color") }, terminal), {
      findings: [findingsOf(cause)],
      text: "",
    });
  }
}

/** `mizan-gen schema.json` is `mizan-gen generate schema.json`. */
function withDefaultCommand(args: readonly string[], commands: readonly string[]): string[] {
  const [first = ""] = args;
  const known = commands.includes(first) || first === "help";
  const global = ["-h", "--help", "-V", "--version"].includes(first);
  return known || global ? [...args] : ["generate", ...args];
}

function formatOf(args: readonly string[]): Format {
  const index = args.findIndex((arg) => arg === "--format" || arg.startsWith("--format="));
  const value = args[index]?.split("=")[1] ?? args[index + 1];
  return formats.find((format) => format === value) ?? "text";
}
