import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Target } from "./target.js";

const cached = new Map<Target, ReadonlyMap<string, string>>();

/** The package's own templates of an adapter, by name (`react/context.ts.hbs`), in the order of their names. */
export function packageTemplates(target: Target): ReadonlyMap<string, string> {
  const known = cached.get(target);
  if (known !== undefined) return known;
  const folder = templateFolder(target);
  const templates = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".hbs"))
      .sort()
      .map((name) => [
        `${target}/${name}`,
        readFileSync(new URL(name, folder), "utf8").replaceAll("\r\n", "\n"),
      ]),
  );
  cached.set(target, templates);
  return templates;
}

/** Beside the bundle (`dist/templates`), or at the root of the repository. */
function templateFolder(target: Target): URL {
  const folder = ["./templates/", "../templates/", "../../../templates/"]
    // A name of its own: a template here is an asset to a bundler.
    .map((path) => `${path}${target}/`)
    .map((path) => new URL(path, import.meta.url))
    .find((candidate) => existsSync(candidate));
  if (folder === undefined) throw new Error("the package is not whole: its templates are missing");
  return folder;
}
