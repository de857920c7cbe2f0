import { dirname, resolve } from "node:path";
import { nameFrom } from "../diagnostics/name-from.js";
import type { ProjectConfig } from "../config/config.js";
import { findConfigs } from "../config/find-config.js";
import { loadConfig } from "../config/load-config.js";
import { ConfigError } from "../config/config-error.js";
import { resolveProject, type Project } from "../config/resolve-project.js";
import { validateConfig, type ConfigProblem } from "../config/validate-config.js";
import { didYouMean, suggest } from "../diagnostics/suggest.js";
import type { ProjectFlags } from "./flags.js";
import { UsageError, type UsageDetail } from "./usage-error.js";

export interface LoadedProjects {
  readonly projects: readonly Project[];
  /** Absolute path of the config, if there is one. */
  readonly configFile: string | undefined;
}

export interface LoadOptions {
  readonly cwd: string;
  /** Input on the command line. */
  readonly input?: string | undefined;
  readonly flags: Omit<ProjectFlags, "format" | "color" | "config"> & {
    /** `false` for none, wherever one may be. */
    readonly config?: string | false | undefined;
  };
  /** Pass by the caches of modules: the config has changed. */
  readonly fresh?: boolean | undefined;
}

/** What to generate, by config and flags. @throws UsageError E050, E051, E052, E053 */
export async function loadProjects(options: LoadOptions): Promise<LoadedProjects> {
  const { cwd, input, flags } = options;
  const configFile = configPath(flags.config, cwd);
  const name = configFile && nameFrom(cwd, configFile);
  const configs =
    configFile === undefined
      ? [{}]
      : await readConfig(configFile, name ?? "", options.fresh ?? false);
  const chosen = chooseProjects(configs, flags.project, name);
  if (chosen.length > 1 && (input !== undefined || flags.output !== undefined)) {
    throw new UsageError(
      "E050",
      `${input === undefined ? "--output" : "an input"} on the command line fits one project, and ${name} has ${chosen.length}`,
      { help: `choose one with --project: ${namesOf(chosen)}` },
    );
  }
  const projects = chosen.map((config) => {
    const project = resolveProject(config, {
      base: configFile === undefined ? cwd : dirname(configFile),
      flags: configOf(flags, input),
      cwd,
      stdinPath: flags.stdinFilepath,
    });
    if (project === null) throw noInput(name, config);
    return project;
  });
  refuseSharedOutput(projects, name);
  return { projects, configFile };
}

function configPath(named: string | false | undefined, cwd: string): string | undefined {
  if (named === false) return undefined;
  if (named !== undefined) return resolve(cwd, named);
  const [first, second] = findConfigs(cwd);
  if (first !== undefined && second !== undefined) {
    const [one, other] = [nameFrom(cwd, first), nameFrom(cwd, second)];
    throw new UsageError("E053", `there are two configs: ${one} and ${other}`, {
      file: other,
      help: `keep one of them, or name the one that you mean: --config ${one}`,
    });
  }
  return first;
}

async function readConfig(
  file: string,
  name: string,
  fresh: boolean,
): Promise<readonly ProjectConfig[]> {
  let value: unknown;
  try {
    value = await loadConfig(file, fresh);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { message, place, help } = error;
    throw new UsageError("E052", `the config could not be loaded: ${message}`, {
      file: name,
      help,
      ...place,
    });
  }
  const validation = validateConfig(value);
  if (validation.ok) return validation.projects;
  throw new UsageError("E053", await withPlaces(validation.problems, file), { file: name });
}

/** A config in JSON has lines to show; of a module only the value is known. */
async function withPlaces(
  problems: readonly ConfigProblem[],
  file: string,
): Promise<readonly UsageDetail[]> {
  if (!file.endsWith(".json")) return problems.map(({ message, help }) => ({ message, help }));
  const { placeInJsonConfig } = await import("../config/read-json-config.js");
  return problems.map(({ message, help, path, part }) => ({
    message,
    help,
    ...placeInJsonConfig(file, path, part),
  }));
}

function chooseProjects(
  configs: readonly ProjectConfig[],
  wanted: string | undefined,
  name: string | undefined,
): readonly ProjectConfig[] {
  if (wanted === undefined) return configs;
  const chosen = configs.filter((config) => config.name === wanted);
  if (chosen.length > 0) return chosen;
  const names = configs.flatMap((config) => config.name ?? []);
  throw new UsageError(
    "E050",
    `${name ?? "the config"} has no project ${JSON.stringify(wanted)}${didYouMean(suggest(wanted, names))}`,
    names.length > 0 ? { help: `it has: ${names.join(", ")}` } : {},
  );
}

function noInput(name: string | undefined, config: ProjectConfig): UsageError {
  if (name === undefined) {
    return new UsageError("E051", "no document was named", {
      help: 'name a file, a URL or "-" for standard input, or put an "input" into mizan.config.ts',
    });
  }
  const which = config.name === undefined ? "" : ` for project ${JSON.stringify(config.name)}`;
  return new UsageError("E051", `no document was named: ${name} has no "input"${which}`, {
    file: name,
    help: 'put an "input" into it (a file or a URL), or name the document on the command line',
  });
}

function refuseSharedOutput(projects: readonly Project[], name: string | undefined): void {
  const seen = new Map<string, Project>();
  for (const project of projects) {
    const other = seen.get(project.output);
    if (other !== undefined) {
      throw new UsageError(
        "E053",
        `the projects ${namesOf([other, project])} have the same output directory`,
        { file: name, help: 'give each an "output" of its own' },
      );
    }
    seen.set(project.output, project);
  }
}

function namesOf(projects: readonly { readonly name?: string | undefined }[]): string {
  return projects.map((project) => project.name ?? "(unnamed)").join(", ");
}

function configOf(flags: LoadOptions["flags"], input: string | undefined): ProjectConfig {
  const { output, allowRefs, importExtension, readonly, enums, int64, outputDefaults } = flags;
  const { banner, include, exclude, basePath, header, target, templates } = flags;
  return {
    input,
    output,
    allowRefs,
    importExtension,
    readonly,
    enums,
    int64,
    outputDefaults,
    banner,
    include,
    exclude,
    basePath,
    headers: header,
    targets: target,
    templates,
  };
}
