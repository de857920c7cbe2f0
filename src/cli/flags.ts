import { InvalidArgumentError, Option, type Command } from "commander";
import type { ProjectConfig } from "../config/config.js";
import { didYouMean, suggest } from "../diagnostics/suggest.js";
import { failModes } from "../diff/report/fail-mode.js";
import { targets, type Target } from "../emit/stage2/target.js";

export const formats = ["text", "json", "github", "sarif"] as const;
/** `diff` has one more, for comments on pull requests. */
export const diffFormats = [...formats, "markdown"] as const;
export type Format = (typeof diffFormats)[number];

/** Flags of every command. */
export interface CommonFlags {
  readonly config?: string | undefined;
  readonly project?: string | undefined;
  readonly cwd?: string | undefined;
  readonly format: Format;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly debug?: boolean | undefined;
  /** False after `--no-color`. */
  readonly color: boolean;
}

/** Flags that say what to read and what to make of it. Those of `ProjectConfig` win over the config. */
export interface ProjectFlags
  extends CommonFlags, Omit<ProjectConfig, "name" | "input" | "headers" | "targets"> {
  readonly header?: Readonly<Record<string, string>> | undefined;
  readonly stdinFilepath?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly maxWarnings?: number | undefined;
  readonly target?: readonly Target[] | undefined;
}

export interface GenerateFlags extends ProjectFlags {
  readonly check?: boolean | undefined;
  readonly diff?: boolean | undefined;
  readonly watch?: boolean | undefined;
  readonly poll?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface InitFlags extends CommonFlags {
  readonly output?: string | undefined;
  readonly target?: readonly Target[] | undefined;
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

export function addCommonFlags(command: Command, choices: readonly Format[] = formats): Command {
  return command
    .option("-c, --config <file>", "the config file, instead of the nearest one")
    .option("-p, --project <name>", "only this project of a config with several")
    .option("--cwd <dir>", "run as if started in this directory")
    .addOption(new Option("--format <format>", "how to report").choices(choices).default("text"))
    .option("-q, --quiet", "print errors only")
    .option("-v, --verbose", "print how long each stage took, and every warning")
    .option("--debug", "print the stack trace of an internal fault")
    .option("--no-color", "print without colors");
}

/** What a server is asked with. */
export function addConformanceFlags(command: Command): Command {
  return command
    .option(
      "--schema <file>",
      "the document of the server, a file or a URL (default: its openapi.json)",
    )
    .option(
      "-H, --header <header>",
      "send `Name: value` with requests of somebody known",
      addHeader,
    )
    .option("--sign-in <call>", 'sign in with a function: login={"email": "..."}')
    .option("--values <file>", "JSON: for each function a list of params or inputs to ask with")
    .option("--only <case>", "only this case, or those of a section (repeatable)", addToList);
}

/** What is read, and how many warnings it may have. */
export function addInputFlags(command: Command): Command {
  return addReadingFlags(command)
    .option("--strict", "any warning makes the exit code 1")
    .option("--max-warnings <count>", "more warnings than this make the exit code 1", parseCount);
}

/** What is compared. */
export function addDiffFlags(command: Command): Command {
  return addReadingFlags(command).addOption(
    oneOf("--fail-on <class>", "changes that make the exit code 1", ...failModes).default(
      "breaking",
    ),
  );
}

/** What is read. */
function addReadingFlags(command: Command): Command {
  return command
    .option("-H, --header <header>", "send `Name: value` with the request for a URL", addHeader)
    .option("--stdin-filepath <path>", "the path that standard input stands for")
    .option("--allow-refs", "follow references to files below the directory of the document")
    .option("--no-allow-refs", "follow no references, whatever the config says")
    .option("--include <glob>", "only functions of these names (repeatable)", addToList)
    .option("--exclude <glob>", "no functions of these names (repeatable)", addToList)
    .option("--base-path <path>", "replaces the base path of the document")
    .addOption(oneOf("--int64 <type>", "the type of 64-bit integers", "number", "string", "brand"))
    .addOption(
      oneOf(
        "--output-defaults <mode>",
        "properties with a default in answers",
        "present",
        "optional",
      ),
    );
}

/** Where the client goes and whom it is for. */
function addClientFlags(command: Command): Command {
  return command
    .option("-o, --output <dir>", "directory of the generated files (default: src/mizan or mizan)")
    .option(
      "-t, --target <names>",
      `adapters to write: ${targets.join(", ")}, or none (default: as package.json depends on)`,
      parseTargets,
    );
}

/** What a project is set up with. */
export function addInitFlags(command: Command): Command {
  return addClientFlags(command)
    .option("-y, --yes", "ask nothing: write what is proposed")
    .option("--dry-run", "write nothing, print what would be written");
}

/** What is written. */
export function addOutputFlags(command: Command): Command {
  return addClientFlags(command)
    .option("--templates <dir>", "Handlebars templates in place of the adapters' own")
    .addOption(
      oneOf(
        "--import-extension <ext>",
        "extension of relative imports",
        "auto",
        "none",
        "js",
        "ts",
      ),
    )
    .option("--readonly", "readonly members in the types of answers")
    .option("--no-readonly", "the opposite, whatever the config says")
    .addOption(oneOf("--enums <form>", "the form of string enums", "union", "const"))
    .option("--banner <text>", "extra lines for the comment on top of each file");
}

function oneOf(flags: string, description: string, ...choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

function addHeader(text: string, before: unknown): Readonly<Record<string, string>> {
  const colon = text.indexOf(":");
  if (colon < 1) throw new InvalidArgumentError("A header is written `Name: value`.");
  const name = text.slice(0, colon).trim();
  return {
    ...(before as Record<string, string> | undefined),
    [name]: text.slice(colon + 1).trim(),
  };
}

function addToList(text: string, before: unknown): readonly string[] {
  return [...((before as readonly string[] | undefined) ?? []), text];
}

/** `react,vue`, or `none`. */
function parseTargets(text: string): readonly Target[] {
  if (text === "none") return [];
  return text.split(",").map((name) => {
    const found = targets.find((target) => target === name.trim());
    if (found !== undefined) return found;
    const near = didYouMean(suggest(name, targets));
    throw new InvalidArgumentError(`There is no adapter ${JSON.stringify(name)}${near}.`);
  });
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a number, 0 or more.");
  return Number(text);
}
