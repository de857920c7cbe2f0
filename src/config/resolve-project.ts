import { join, resolve } from "node:path";
import { isUrl } from "../diagnostics/is-url.js";
import { nameFrom } from "../diagnostics/name-from.js";
import type { EmitOptions } from "../emit/options.js";
import { defaultApiOptions, type ApiOptions } from "../ir/options.js";
import type { ProjectConfig } from "./config.js";
import { fileKind } from "./file-kind.js";
import { detectTargets } from "./detect-targets.js";
import { detectModuleStyle } from "./import-extension.js";

/** One document and one output directory, with every choice made. */
export interface Project {
  readonly name?: string | undefined;
  /** An absolute path, an `http(s)` URL, or `-`. */
  readonly input: string;
  /** How messages call the document: a path relative to the cwd, or a URL without what could be a secret. */
  readonly document: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Absolute path. */
  readonly output: string;
  /** The directory that relative paths are relative to: it can never be the output. */
  readonly base: string;
  readonly allowRefs: "none" | "files" | "all";
  /** Absolute path of the directory of the user's own templates. */
  readonly templates: string | undefined;
  readonly api: ApiOptions;
  readonly emit: EmitOptions;
  /** TypeScript refuses ES modules in the package of the output (E059). */
  readonly refusesModules: boolean;
}

export interface ResolveOptions {
  /** Directory of the config file, or the cwd without one. */
  readonly base: string;
  /** What the command line says. Its paths are relative to `cwd`. */
  readonly flags: ProjectConfig;
  readonly cwd: string;
  /** Path of the document on standard input, as given by `--stdin-filepath`. */
  readonly stdinPath?: string | undefined;
}

/** Flags win over the config, the config over the defaults. Null when nothing names an input. */
export function resolveProject(
  config: ProjectConfig,
  { base, flags, cwd, stdinPath }: ResolveOptions,
): Project | null {
  const input =
    flags.input !== undefined
      ? resolveInput(flags.input, cwd)
      : config.input !== undefined
        ? resolveInput(config.input, base)
        : undefined;
  if (input === undefined) return null;
  const paths = { base, flags, cwd };
  const output = resolvePath("output", config, paths) ?? resolve(base, defaultOutput(base));
  const merged: ProjectConfig = { ...config, ...defined(flags) };
  const style = detectModuleStyle(output);
  const extension = merged.importExtension ?? "auto";
  const document = documentName(input, stdinPath && resolve(cwd, stdinPath), cwd);
  return {
    name: config.name,
    input,
    document,
    headers: { ...headersFor(input, config), ...flags.headers },
    output,
    base,
    allowRefs: allowedRefs(merged.allowRefs),
    templates: resolvePath("templates", config, paths),
    api: {
      outputDefaults: merged.outputDefaults ?? defaultApiOptions.outputDefaults,
      int64: merged.int64 ?? defaultApiOptions.int64,
      include: merged.include ?? defaultApiOptions.include,
      exclude: merged.exclude ?? defaultApiOptions.exclude,
      basePath: merged.basePath,
    },
    emit: {
      importExtension: extension === "auto" ? style.importExtension : extension,
      readonly: merged.readonly ?? false,
      enums: merged.enums ?? "union",
      source: sourceName(document),
      banner: merged.banner,
      targets: [...new Set(merged.targets ?? detectTargets(output))],
    },
    refusesModules: style.refusesModules,
  };
}

/** A path of the command line is relative to the cwd, one of the config to its directory. */
function resolvePath(
  name: "output" | "templates",
  config: ProjectConfig,
  { base, flags, cwd }: ResolveOptions,
): string | undefined {
  const flag = flags[name];
  if (flag !== undefined) return resolve(cwd, flag);
  const option = config[name];
  return option === undefined ? undefined : resolve(base, option);
}

function resolveInput(input: string, from: string): string {
  return input === "-" || isUrl(input) ? input : resolve(from, input);
}

/** Headers of a config are secrets of the server that it names: another one, named on the command line, does not get them. */
function headersFor(input: string, config: ProjectConfig): ProjectConfig["headers"] {
  const own = config.input !== undefined && isUrl(config.input) ? config.input : undefined;
  const isForeign = own !== undefined && isUrl(input) && originOf(own) !== originOf(input);
  return isForeign ? {} : config.headers;
}

/** Null for what is no address; whoever reads it will say so. */
function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}

function defaultOutput(base: string): string {
  return fileKind(join(base, "src")) === "directory" ? "src/mizan" : "mizan";
}

function allowedRefs(value: ProjectConfig["allowRefs"]): Project["allowRefs"] {
  if (value === true) return "files";
  return value === undefined || value === false ? "none" : value;
}

/** How messages call the document. */
function documentName(input: string, stdinPath: string | undefined, cwd: string): string {
  if (isUrl(input)) return bareUrl(input);
  const file = input === "-" ? stdinPath : input;
  return file === undefined ? "standard input" : nameFrom(cwd, file);
}

/**
 * How the banner calls the document: the same on every machine, from every cwd, and whether it is read as a file or from a server in
 * development. So only the file name remains.
 */
function sourceName(document: string): string {
  return document.split("/").findLast((part) => part !== "") ?? document;
}

/** Without what could be a secret. */
function bareUrl(input: string): string {
  if (!URL.canParse(input)) return "a URL";
  const url = new URL(input);
  return `${url.origin}${url.pathname}`;
}

function defined(flags: ProjectConfig): ProjectConfig {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
