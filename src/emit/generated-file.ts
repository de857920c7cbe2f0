/** A file of the output: a path relative to the output directory, with forward slashes, and its whole text (LF, one newline at the end). */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}
