/** Choices that change what the document means for the client (cli.md, Config). */
export interface ApiOptions {
  /** Whether a property with a default is always in an answer (types.md 4.1). */
  readonly outputDefaults: "present" | "optional";
  readonly int64: "number" | "string" | "brand";
  /** Globs over wire names of functions; empty `include` means all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Replaces the base of the document. */
  readonly basePath?: string | undefined;
}

export const defaultApiOptions: ApiOptions = {
  outputDefaults: "present",
  int64: "number",
  include: [],
  exclude: [],
};
