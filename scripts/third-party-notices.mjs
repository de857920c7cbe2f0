import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** In vendored files, where a bundler has joined it with others so that its path is lost. */
const joined = ["acorn", "destr", "pathe"];

/** The package says MIT and holds no text of it. */
const withoutText = { "babel-plugin-parameter-decorator": "MIT, by Warner" };

/**
 * The licences of everything that is in the bundle. Fails where one has none, so that nothing is shipped without.
 *
 * @param root of the repository
 * @param inputs the files that were bundled, relative to `root`
 */
export function thirdPartyNotices(root, inputs) {
  const packages = new Set(["node_modules/jiti"]);
  for (const input of inputs) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found?.[1] !== undefined) packages.add(found[1]);
  }
  const notices = [...packages].sort().map((folder) => {
    const { name, version, license } = manifestOf(join(root, folder));
    return [`${name} ${version} (${license})`, ...textsOf(join(root, folder), name)];
  });
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  return [...notices, ...inside(root)].map((parts) => `${parts.join("\n\n")}`).join(rule) + "\n";
}

/** What packages have bundled themselves without saying so: the compiler in ts-morph's, the transformer in jiti's. */
function inside(root) {
  const compiler = join(root, "node_modules/typescript");
  return [
    ["typescript, inside of @ts-morph/common (Apache-2.0)", ...textsOf(compiler, "typescript")],
    ...insideJiti(root).map((name) => {
      const title = `${name}, inside of jiti`;
      if (withoutText[name] !== undefined) return [`${title} (${withoutText[name]})`];
      const folder = join(root, "node_modules", name);
      const kept = join(root, "scripts/licences", `${name}.txt`);
      if (existsSync(kept)) return [`${title} (MIT)`, readFileSync(kept, "utf8").trim()];
      return [`${title} (${manifestOf(folder).license})`, ...textsOf(folder, name)];
    }),
  ];
}

function insideJiti(root) {
  const names = new Set(joined);
  for (const file of ["babel.cjs", "jiti.cjs"]) {
    const text = readFileSync(join(root, "node_modules/jiti/dist", file), "utf8");
    const paths = /node_modules\/(?:\.pnpm\/[^/"]+\/node_modules\/)?((?:@[\w-]+\/)?[\w-]+)\//g;
    // Babel is one repository with one licence.
    for (const [, name] of text.matchAll(paths))
      names.add(name.replace(/^@babel\/.*/, "@babel/core"));
  }
  return [...names].sort();
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function textsOf(folder, name) {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => /^(licen[cs]e|notice|third-?party-?notice)/i.test(file))
    : [];
  if (files.length === 0)
    throw new Error(`${name} is bundled, and there is no text of its licence`);
  return files.sort().map((file) => readFileSync(join(folder, file), "utf8").trim());
}
