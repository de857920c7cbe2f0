import type { Target } from "../emit/stage2/target.js";

/** What one project may say in a config. Flags of the command line win over it. Paths are relative to the config file. */
export interface ProjectConfig {
  /** Tells projects apart in a list: `mizan-gen --project shop`. */
  readonly name?: string | undefined;
  /** The document: a file, or an `http(s)` URL. */
  readonly input?: string | undefined;
  /** Directory of the generated files. `src/mizan` when there is a `src`, else `mizan`. */
  readonly output?: string | undefined;
  /** Frameworks to write an adapter for; without it those that the nearest `package.json` depends on. */
  readonly targets?: readonly Target[] | undefined;
  /** A directory of Handlebars templates that take the place of the package's: `react/context.ts.hbs`. */
  readonly templates?: string | undefined;
  /** Sent with the request for a URL, to its origin only. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** References to other documents: `false` (the default), `"files"` (or `true`) below the document's directory, `"all"`. */
  readonly allowRefs?: boolean | "none" | "files" | "all" | undefined;
  /** Extension of relative imports; `"auto"` (the default) asks the nearest `tsconfig.json`. */
  readonly importExtension?: "auto" | "none" | "js" | "ts" | undefined;
  /** Readonly members and arrays in the types of answers. */
  readonly readonly?: boolean | undefined;
  /** `"const"` adds a constant list of its values beside each named string enum. */
  readonly enums?: "union" | "const" | undefined;
  /** The type of 64-bit integers. */
  readonly int64?: "number" | "string" | "brand" | undefined;
  /** Whether a property with a default is always in an answer. */
  readonly outputDefaults?: "present" | "optional" | undefined;
  /** Extra lines for the comment on top of each file, a licence for example. */
  readonly banner?: string | undefined;
  /** Globs over names of functions that are wanted; none means all. */
  readonly include?: readonly string[] | undefined;
  /** Globs over names of functions that are not wanted. */
  readonly exclude?: readonly string[] | undefined;
  /** Replaces the base path of the document. */
  readonly basePath?: string | undefined;
}

/** One project, or a list of projects, each with a name. */
export type Config = ProjectConfig | readonly ProjectConfig[];
