import type { Range, SourceLine } from "../diagnostics/diagnostic.js";

/** A place in the text of a config, with its lines. */
export interface ConfigPlace {
  readonly range: Range;
  readonly excerpt: readonly SourceLine[];
}

/** The config could not be loaded; the message holds the error as it came. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly place: ConfigPlace | undefined;
  readonly help: string | undefined;
  /** Absolute; absent where the caller named the file. */
  readonly file: string | undefined;

  constructor(
    message: string,
    options: {
      readonly place?: ConfigPlace | undefined;
      readonly help?: string | undefined;
      readonly file?: string | undefined;
    } = {},
  ) {
    super(message);
    this.file = options.file;
    this.place = options.place;
    this.help = options.help;
  }
}
