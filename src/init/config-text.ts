import { dirname, extname, join } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { directoriesUpwards } from "../config/find-config.js";
import type { Target } from "../emit/stage2/target.js";
import type { TextStyle } from "./text-style.js";

/** What a new config says. Paths are relative to it, with forward slashes. */
export interface ConfigChoice {
  readonly input: string;
  readonly output: string;
  readonly targets: readonly Target[];
}

/** The text of a new config: JSON by its name, else a module. */
export function configText(
  file: string,
  { input, output, targets }: ConfigChoice,
  { eol, indent }: TextStyle,
): string {
  const options = { input, output, ...(targets.length > 0 ? { targets } : {}) };
  const json = extname(file) === ".json";
  const lines = Object.entries(
    json ? { $schema: schemaOf(dirname(file)), ...options } : options,
  ).map(([key, value]) => {
    const text = Array.isArray(value)
      ? `[${value.map((one) => JSON.stringify(one)).join(", ")}]`
      : JSON.stringify(value);
    return `${indent}${json ? JSON.stringify(key) : key}: ${text}`;
  });
  const all = json
    ? ["{", lines.join(`,${eol}`), "}"]
    : [
        'import { defineConfig } from "mizan-gen";',
        "",
        "export default defineConfig({",
        ...lines.map((line) => `${line},`),
        "});",
      ];
  return `${all.join(eol)}${eol}`;
}

/** The schema in the package, which in a workspace may be installed further up. */
function schemaOf(folder: string): string {
  const schema = "node_modules/mizan-gen/config.schema.json";
  const steps = directoriesUpwards(folder).findIndex(
    (above) => fileKind(join(above, schema)) === "file",
  );
  return steps > 0 ? `${"../".repeat(steps)}${schema}` : `./${schema}`;
}
