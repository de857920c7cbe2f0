import { targets } from "../emit/stage2/target.js";
import type { ProjectConfig } from "./config.js";
import { anyText, flag, listOf, oneOf, recordOf, text, type ValueRule } from "./value-rule.js";

export interface OptionRule {
  /** What the option is for, as its comment in `ProjectConfig` says; editors show it. */
  readonly description: string;
  readonly value: ValueRule;
}

/** Every option of a config with its rule: the validator and the JSON Schema are both made of this table. The type makes it complete. */
export const optionRules: Readonly<Record<keyof ProjectConfig, OptionRule>> = {
  name: {
    description: "Tells projects apart in a list: `mizan-gen --project shop`.",
    value: text,
  },
  input: { description: "The document: a file, or an `http(s)` URL.", value: text },
  output: {
    description:
      "Directory of the generated files. `src/mizan` when there is a `src`, else `mizan`.",
    value: text,
  },
  targets: {
    description:
      "Frameworks to write an adapter for; without it those that the nearest `package.json` depends on.",
    value: listOf(oneOf(...targets)),
  },
  templates: {
    description:
      "A directory of Handlebars templates that take the place of the package's: `react/context.ts.hbs`.",
    value: text,
  },
  headers: {
    description: "Sent with the request for a URL, to its origin only.",
    value: recordOf(anyText),
  },
  allowRefs: {
    description:
      'References to other documents: `false` (the default), `"files"` (or `true`) below the document\'s directory, `"all"`.',
    value: oneOf(false, true, "none", "files", "all"),
  },
  importExtension: {
    description:
      'Extension of relative imports; `"auto"` (the default) asks the nearest `tsconfig.json`.',
    value: oneOf("auto", "none", "js", "ts"),
  },
  readonly: {
    description: "Readonly members and arrays in the types of answers.",
    value: flag,
  },
  enums: {
    description: '`"const"` adds a constant list of its values beside each named string enum.',
    value: oneOf("union", "const"),
  },
  int64: {
    description: "The type of 64-bit integers.",
    value: oneOf("number", "string", "brand"),
  },
  outputDefaults: {
    description: "Whether a property with a default is always in an answer.",
    value: oneOf("present", "optional"),
  },
  banner: {
    description: "Extra lines for the comment on top of each file, a licence for example.",
    value: anyText,
  },
  include: {
    description: "Globs over names of functions that are wanted; none means all.",
    value: listOf(anyText),
  },
  exclude: {
    description: "Globs over names of functions that are not wanted.",
    value: listOf(anyText),
  },
  basePath: { description: "Replaces the base path of the document.", value: text },
};
