/** A file of the output: a path relative to the output directory, with forward slashes, and its whole text (LF, one newline at the end). */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
  /** What the text consists of, in order, line ends between them aside: comments and whole statements. Of modules only. */
  readonly parts?: readonly string[] | undefined;
}
