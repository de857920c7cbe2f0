/** Where the program prints. Diagnostics and remarks go to `err`, results to `out`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether colours are wanted and shown: https://no-color.org, and FORCE_COLOR. */
  readonly color: boolean;
}

/** The standard streams of this process. A reader that goes away (`| head`) ends the output, not the work. */
export function processTerminal(environment: NodeJS.ProcessEnv = process.env): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  const { NO_COLOR = "", FORCE_COLOR, TERM } = environment;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0";
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    color: NO_COLOR === "" && (forced || (process.stderr.isTTY && TERM !== "dumb")),
  };
}
