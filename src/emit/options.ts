/** Choices of spelling, without influence on meaning (cli.md, Config). */
export interface EmitOptions {
  /** Extension of relative imports: `./user`, `./user.js`, `./user.ts`. */
  readonly importExtension: "none" | "js" | "ts";
  /** Readonly members and arrays in OUT types. */
  readonly readonly: boolean;
  /** `const` adds `export const colors = ["red", ...] as const` beside each named string enum. */
  readonly enums: "union" | "const";
  /** What the banner names as the source: a path relative to the output directory's project, or a URL. */
  readonly source: string;
  /** Extra lines for the banner (a licence). */
  readonly banner?: string | undefined;
}
