import { join } from "node:path";
import { detectTargets } from "../config/detect-targets.js";
import { fileKind } from "../config/file-kind.js";
import { directoriesUpwards, findConfig, isGitRoot } from "../config/find-config.js";
import { readWorkspace } from "../init/workspace.js";
import { nameFrom } from "../diagnostics/name-from.js";
import { UsageError } from "./usage-error.js";

/**
 * The package that is meant: the one that a directory is in. At the root of a workspace, where no app is, the only package of it that
 * uses a framework.
 *
 * @throws UsageError where it could be any of several
 */
export async function choosePackage(cwd: string): Promise<string> {
  if (findConfig(cwd) !== undefined) return cwd;
  const above = directoriesUpwards(cwd);
  const root = above.findIndex(isGitRoot);
  const folder = above
    .slice(0, root === -1 ? above.length : root + 1)
    .find((one) =>
      ["package.json", "pnpm-workspace.yaml"].some((name) => fileKind(join(one, name)) === "file"),
    );
  if (folder === undefined) return cwd;
  const packages = (await readWorkspace(folder)) ?? [];
  const hasApp =
    fileKind(join(folder, "package.json")) === "file" && detectTargets(folder).length > 0;
  if (packages.length === 0 || hasApp) return folder;
  const likely = packages.filter(({ hasFramework }) => hasFramework);
  const [only, ...others] = likely.length > 0 ? likely : packages;
  if (only !== undefined && others.length === 0) return only.directory;
  const names = (likely.length > 0 ? likely : packages).map(({ directory }) =>
    nameFrom(cwd, directory),
  );
  throw new UsageError(
    "E050",
    `this is the root of a workspace: ${names.join(", ")} could be meant`,
    {
      help: `choose one: mizan-gen init --cwd ${names[0] ?? ""}`,
    },
  );
}
