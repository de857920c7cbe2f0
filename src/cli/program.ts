import { Command, type CommanderError } from "commander";
import type { ExitCode } from "./exit-code.js";
import type { DiffFlags } from "./commands/diff.js";
import type { ConformanceFlags } from "./commands/conformance.js";
import {
  addCommonFlags,
  addDiffFlags,
  addConformanceFlags,
  addInitFlags,
  addInputFlags,
  addOutputFlags,
  diffFormats,
  type CommonFlags,
  type GenerateFlags,
  type InitFlags,
  type ProjectFlags,
} from "./flags.js";
import { openSession } from "./session.js";
import { UsageError } from "./usage-error.js";
import { generatorVersion } from "./version.js";
import type { Terminal } from "./terminal.js";

const inputHelp = "the document: a file, a URL, or - for standard input (default: the config's)";

/** The command line. `done` gets the exit code of the command that ran. */
export function createProgram(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command("mizan-gen")
    .description(
      "Reads an OpenAPI document with x-mizan-functions and writes a typed TypeScript client that lives in your repo.",
    )
    .version(generatorVersion, "-V, --version", "print the version")
    .helpOption("-h, --help", "print what there is")
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      // Errors come as exceptions and are shown like any other finding.
      writeErr: () => undefined,
    })
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      "\nExit codes: 0 done or in step, 1 drift, breaking changes, failed cases or more warnings than allowed, 2 the job could not be done.",
    );

  const project = (name: string, description: string): Command =>
    program.command(name).description(description).argument("[input]", inputHelp);

  const generate = addOutputFlags(
    project("generate", "read, verify, and write what changed (the default)"),
  )
    .option("--check", "write nothing, report what differs")
    .option("--diff", "show what differs or was written")
    .option("-w, --watch", "generate again whenever something changes")
    .option("--poll", "with --watch: look at the files every now and then")
    .option("--dry-run", "write nothing, print what would be written")
    .option("--force", "take over files that mizan-gen did not write, and do all the work again");
  addCommonFlags(addInputFlags(generate)).action(
    async (input: string | undefined, flags: GenerateFlags) => {
      const { runGenerate } = await import("./commands/generate.js");
      const names = program.commands.map((command) => command.name());
      done(await runGenerate(openSession(flags, terminal), input, flags, names));
    },
  );

  const check = addOutputFlags(
    project("check", "generate in memory and compare: exit code 1 when something differs"),
  ).option("--diff", "show what differs");
  addCommonFlags(addInputFlags(check)).action(
    async (input: string | undefined, flags: GenerateFlags) => {
      const { runGenerate } = await import("./commands/generate.js");
      done(await runGenerate(openSession(flags, terminal), input, { ...flags, check: true }));
    },
  );

  const watch = addOutputFlags(
    project(
      "watch",
      "generate, and again whenever the document, a referred file, the config or a template changes",
    ),
  )
    .option("--poll", "look at the files every now and then, where changes are not announced")
    .option("--force", "take over files that mizan-gen did not write");
  addCommonFlags(addInputFlags(watch)).action(
    async (input: string | undefined, flags: GenerateFlags) => {
      const { runWatch } = await import("./commands/watch.js");
      done(await runWatch(openSession(flags, terminal), input, flags));
    },
  );

  addCommonFlags(
    addInputFlags(project("validate", "report everything that is wrong with the document")),
  ).action(async (input: string | undefined, flags: ProjectFlags) => {
    const { runValidate } = await import("./commands/validate.js");
    done(await runValidate(openSession(flags, terminal), input, flags));
  });

  addCommonFlags(
    addInputFlags(project("inspect", "print the contexts, functions and types as JSON")),
  ).action(async (input: string | undefined, flags: ProjectFlags) => {
    const { runInspect } = await import("./commands/inspect.js");
    done(await runInspect(openSession(flags, terminal), input, flags));
  });

  const init = program
    .command("init")
    .description("set a project up: config, package scripts, what git and formatters must know")
    .argument("[input]", "the document: a file or a URL (default: the one that is found)");
  addCommonFlags(addInitFlags(init)).action(async (input: string | undefined, flags: InitFlags) => {
    const { runInit } = await import("./commands/init.js");
    done(await runInit(openSession(flags, terminal), input, flags));
  });

  const diff = program
    .command("diff")
    .description("what changed in the contract between two documents, and whom it breaks")
    .argument("<old>", "a file, a URL, -, or a file of a Git revision: HEAD:schema.json")
    .argument("[new]", "likewise (default: the document of the config)");
  addCommonFlags(addDiffFlags(diff), diffFormats).action(
    async (old: string, young: string | undefined, flags: DiffFlags) => {
      const { runDiff } = await import("./commands/diff.js");
      done(await runDiff(openSession(flags, terminal), old, young, flags));
    },
  );

  const conformance = program
    .command("conformance")
    .description("ask a running server whether it keeps to the protocol")
    .argument("<url>", "where the server is: http://127.0.0.1:8000/");
  addCommonFlags(addConformanceFlags(conformance)).action(
    async (url: string, flags: ConformanceFlags) => {
      const { runConformanceCommand } = await import("./commands/conformance.js");
      done(await runConformanceCommand(openSession(flags, terminal), url, flags));
    },
  );

  addCommonFlags(
    program
      .command("explain")
      .description("print cause and fix of a diagnostic")
      .argument("<code>", "a code, such as E201"),
  ).action(async (code: string, flags: CommonFlags) => {
    const { runExplain } = await import("./commands/explain.js");
    done(runExplain(openSession(flags, terminal), code));
  });
  return program;
}

/** Whether a flag of any command takes a value that follows it. */
export function takesValue(program: Command): (flag: string) => boolean {
  const options = program.commands.flatMap((command) => command.options);
  const valued = new Set(
    options.filter((option) => option.required).flatMap(({ short, long }) => [short, long]),
  );
  return (flag) => valued.has(flag);
}

/** What commander found wrong with the command line, or undefined when it was asked for help or the version. */
export function usageErrorOf(error: CommanderError): UsageError | undefined {
  if (error.exitCode === 0 || error.code === "commander.help") return undefined;
  const [message = "", hint] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = hint === undefined ? "" : ` ${hint.replace("(Did", "(did")}`;
  return new UsageError("E050", `${message}${suggestion}`);
}
