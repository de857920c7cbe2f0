/** A template does not work (diagnostics E061, E062): most often one of the user's own. */
export class TemplateFault extends Error {
  override readonly name = "TemplateFault";
  readonly code: "E061" | "E062";
  /** Name of the template (`react/context.ts.hbs`), or of the directory of templates. */
  readonly template: string;
  /** Counts from 1; undefined where the fault has no place in the text. */
  readonly line: number | undefined;
  readonly help: string | undefined;

  constructor(
    code: TemplateFault["code"],
    template: string,
    message: string,
    { line, help }: { readonly line?: number | undefined; readonly help?: string | undefined } = {},
  ) {
    super(message);
    this.code = code;
    this.template = template;
    this.line = line;
    this.help = help;
  }
}
