import { basename, dirname, resolve } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { findConfigs } from "../config/find-config.js";
import { usualConfigFile, type KnownConfig, type NewConfig } from "../init/plan-init.js";
import type { Surroundings } from "../init/surroundings.js";
import { resolveOutputDirectory } from "../output/output-directory.js";
import { OutputError } from "../output/output-error.js";
import type { InitFlags } from "./flags.js";
import { isUrl } from "../diagnostics/is-url.js";
import { nameFrom } from "../diagnostics/name-from.js";
import { loadProjects } from "./load-projects.js";
import type { Prompt } from "./prompt.js";
import { UsageError } from "./usage-error.js";

export interface Choosing {
  readonly cwd: string;
  readonly input: string | undefined;
  readonly flags: InitFlags;
  readonly prompt: Prompt | undefined;
}

/** The config that is there, or what a new one is to say: by the command line, else by the answers, else as it is usual. */
export async function chooseConfig(
  around: Surroundings,
  { cwd, input, flags, prompt }: Choosing,
): Promise<NewConfig | KnownConfig> {
  const named = flags.config === undefined ? undefined : resolve(cwd, flags.config);
  if (named !== undefined && !/^mizan\.config\.([mc]?[jt]s|json)$/.test(basename(named))) {
    throw new UsageError(
      "E050",
      `--config ${flags.config}: a config that is found by itself is called mizan.config.ts`,
      {
        help: "or .mts, .mjs, .js, .json",
      },
    );
  }
  const [known] = findConfigs(named === undefined ? around.directory : dirname(named));
  const there = known !== undefined && (named === undefined || dirname(known) === dirname(named));
  if (there) {
    const name = nameFrom(cwd, known);
    refuseOptions(input, flags, name);
    if (named !== undefined && fileKind(named) === "missing") {
      throw new UsageError(
        "E050",
        `${name} is there already, and two configs in one folder are refused`,
        {
          help: `leave out --config, or remove ${name} first`,
        },
      );
    }
    // Without a name all that stand there, so that two are refused as they are by every other command.
    const { projects } = await loadProjects({ cwd: around.directory, flags: { config: named } });
    return { kind: "known", file: named ?? known, outputs: projects.map(({ output }) => output) };
  }
  const file = named ?? usualConfigFile(around);
  const document = input ?? (await chooseDocument(around, cwd, prompt));
  const proposed = nameFrom(cwd, around.output);
  const folder =
    flags.output ?? (await prompt?.ask("Where may the generated files go?", proposed)) ?? proposed;
  const output = resolve(cwd, folder);
  checkOutput(output, [cwd, dirname(file)]);
  return {
    kind: "new",
    file,
    input: isUrl(document) ? document : resolve(cwd, document),
    output,
    targets: flags.target ?? around.targets,
  };
}

/** What a config that is there says is not changed from here. */
function refuseOptions(input: string | undefined, flags: InitFlags, name: string): void {
  const given =
    input !== undefined
      ? "a document"
      : flags.output !== undefined
        ? "--output"
        : flags.target !== undefined
          ? "--target"
          : undefined;
  if (given === undefined) return;
  throw new UsageError(
    "E050",
    `${name} is there already, and init changes nothing in it: ${given} is of no use`,
    {
      help: `edit ${name}, or leave out ${given}`,
    },
  );
}

/** A mistake that the first run would report is better known now. */
function checkOutput(output: string, bases: readonly string[]): void {
  try {
    resolveOutputDirectory(output, bases);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    throw new UsageError(error.code, error.message, { help: error.help });
  }
}

async function chooseDocument(
  { documents }: Surroundings,
  cwd: string,
  prompt: Prompt | undefined,
): Promise<string> {
  const names = documents.map(({ path }) => nameFrom(cwd, path));
  if (prompt === undefined) {
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) return only;
    const message =
      only === undefined
        ? "no OpenAPI document was found in the usual places"
        : `there are several OpenAPI documents: ${names.join(", ")}`;
    throw new UsageError("E051", message, {
      help: `name one: mizan-gen init ${only ?? "openapi.json"} --yes`,
    });
  }
  const list =
    names.length > 1 ? `${names.map((name, index) => `  ${index + 1}  ${name}\n`).join("")}` : "";
  const question = `${list}Which OpenAPI document, a file or a URL?`;
  const answer = await prompt.ask(question, names[0] ?? "openapi.json");
  return (list !== "" && names[Number(answer) - 1]) || answer;
}
