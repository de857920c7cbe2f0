import { relative } from "node:path";
import type { WatchOptions } from "../watch.js";

/** The command line that does the same as options of the plugin, from the directory of this process. Headers are named, not told. */
export function commandOf({ cwd = ".", input, ...options }: WatchOptions): string {
  const { configFile, project, output, targets, templates, headers, allowRefs } = options;
  const { importExtension, readonly, enums, int64, outputDefaults, banner } = options;
  const { include = [], exclude = [], basePath } = options;
  const words = [
    "npx mizan-gen",
    ...(input === undefined ? [] : [word(input)]),
    ...flag("--cwd", relative(process.cwd(), cwd).replaceAll("\\", "/") || undefined),
    ...flag("--config", typeof configFile === "string" ? configFile : undefined),
    ...flag("--project", project),
    ...flag("--output", output),
    ...flag("--target", targets === undefined ? undefined : targets.join() || "none"),
    ...flag("--templates", templates),
    ...Object.keys(headers ?? {}).map((name) => `--header ${word(`${name}: ...`)}`),
    ...(allowRefs === undefined ? [] : [isOn(allowRefs) ? "--allow-refs" : "--no-allow-refs"]),
    ...flag("--import-extension", importExtension),
    ...(readonly === undefined ? [] : [readonly ? "--readonly" : "--no-readonly"]),
    ...flag("--enums", enums),
    ...flag("--int64", int64),
    ...flag("--output-defaults", outputDefaults),
    ...flag("--banner", banner),
    ...include.flatMap((glob) => flag("--include", glob)),
    ...exclude.flatMap((glob) => flag("--exclude", glob)),
    ...flag("--base-path", basePath),
  ];
  return words.join(" ");
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${name} ${word(value)}`];
}

function word(text: string): string {
  return /^[\w./:@,=-]+$/.test(text) ? text : JSON.stringify(text);
}

function isOn(allowRefs: NonNullable<WatchOptions["allowRefs"]>): boolean {
  return allowRefs !== false && allowRefs !== "none";
}
