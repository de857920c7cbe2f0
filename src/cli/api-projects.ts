import { resolve } from "node:path";
import type { ApiOptions } from "../api.js";
import { validateConfig } from "../config/validate-config.js";
import { loadProjects, type LoadedProjects } from "./load-projects.js";
import { UsageError } from "./usage-error.js";

/** The directory that the options are relative to. */
export function cwdOf({ cwd = "." }: ApiOptions): string {
  return resolve(cwd);
}

/** The projects that options of the programmatic API mean. @throws UsageError E050 to E053 */
export async function loadApiProjects(options: ApiOptions, fresh = false): Promise<LoadedProjects> {
  const { cwd: _cwd, configFile, project, force: _force, dryRun: _dryRun, ...config } = options;
  refuseWrongOptions(config);
  const { input, headers, targets, ...flags } = config;
  return loadProjects({
    cwd: cwdOf(options),
    input,
    flags: { ...flags, header: headers, target: targets, config: configFile, project },
    fresh,
  });
}

/** Callers without types would otherwise not hear of a misspelt option. */
function refuseWrongOptions(config: object): void {
  const validation = validateConfig(config);
  if (validation.ok) return;
  throw new UsageError(
    "E053",
    validation.problems.map(({ message, help }) => ({
      message: `in the options: ${message}`,
      help,
    })),
  );
}
