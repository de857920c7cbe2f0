import type { GeneratedFile } from "../generated-file.js";
import type { EmitOptions } from "../options.js";
import { render } from "../print/layout.js";
import { printNames } from "../print/statement.js";
import { stringText } from "../print/literal.js";

/** Vendors the kernel: each source with a header, its imports spelled as the project wants them. */
export function kernelFiles(
  sources: readonly GeneratedFile[],
  { importExtension }: Pick<EmitOptions, "importExtension">,
): GeneratedFile[] {
  const extension = { none: "", js: ".js", ts: ".ts" }[importExtension];
  return sources.map(({ path, text }) => ({
    path: `kernel/${path}`,
    text: path.endsWith(".ts") ? header + respell(text, extension) : text,
  }));
}

const header =
  "// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).\n" +
  "// Do not edit: `npx mizan-gen` renews it.\n" +
  "/* eslint-disable */\n\n";

/** An import or export of names, as prettier has laid it out; then any other relative specifier. */
const named = /^((?:import|export)(?: type)?) \{([^{}]*)\} from "(\.\/[^"]+)\.js";$/gm;
const other = /(\bfrom |\bimport\()"(\.\/[^"]+)\.js"/g;

function respell(text: string, extension: string): string {
  if (extension === ".js") return text;
  return text
    .replace(named, (_match, keyword: string, names: string, path: string) => {
      const list = names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
      // Another length may fit into a line, or no longer.
      return render([keyword, " ", printNames(list), " from ", stringText(path + extension), ";"]);
    })
    .replace(other, (_match, before: string, path: string) => `${before}"${path}${extension}"`);
}
