import type { Target } from "./stage2/target.js";

/** Choices of spelling, without influence on meaning (cli.md, Config). */
export interface EmitOptions {
  /** Extension of relative imports: `./user`, `./user.js`, `./user.ts`. */
  readonly importExtension: "none" | "js" | "ts";
  /** Readonly members and arrays in OUT types. */
  readonly readonly: boolean;
  /** `const` adds `export const colors = ["red", ...] as const` beside each named string enum. */
  readonly enums: "union" | "const";
  /** What the banner names as the source: the file name of the document. */
  readonly source: string;
  /** Extra lines for the banner (a licence). */
  readonly banner?: string | undefined;
  /** Frameworks to write an adapter for; none means the client alone. */
  readonly targets?: readonly Target[] | undefined;
  /** Templates of the user's own, by name (`react/context.ts.hbs`), in place of those of the package. */
  readonly templates?: Readonly<Record<string, string>> | undefined;
}
