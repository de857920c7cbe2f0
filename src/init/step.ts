/** One file, and what becomes of it. Nothing that is there is ever replaced: an edit only adds. */
export type Step = {
  /** Absolute. */
  readonly file: string;
  /** What it is about, for people. */
  readonly about: string;
} & (
  | { readonly action: "keep" }
  | { readonly action: "create"; readonly text: string }
  | { readonly action: "edit"; readonly text: string; readonly before: string }
);
