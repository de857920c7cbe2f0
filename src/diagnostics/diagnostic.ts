import type { DiagnosticCode } from "./catalogue.js";

/**
 * Where in the document a value stands: a JSON Pointer (RFC 6901) in URI fragment form, `#/components/schemas/User`.
 * A value of another file carries that file before the `#`: `shared/user.yaml#/User`.
 */
export type Pointer = string;

export type Severity = "error" | "warning";

/** A stretch of source text. Lines and columns count from 1, columns in UTF-16 units; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A second place that belongs to the story: the other declaration, a candidate. Messages of the form `candidates: user_profile`
 * with the same label are shown on one line: `candidates: user_profile (line 88), user_manager (line 96)`.
 */
export interface Related {
  readonly pointer: Pointer;
  readonly message: string;
}

/** One line of source text, or the part of it that starts at `column`. */
export interface SourceLine {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** One finding. Plain data: it is located and printed by whoever shows it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What is wrong, in one line, without a full stop. Text of the document in it is quoted by `quote()`. */
  readonly message: string;
  /** Absent when the finding is about no place in the document (a missing file, a flag). */
  readonly pointer?: Pointer | undefined;
  /** Which part of a member to underline: its key or its value (the default). */
  readonly part?: "key" | "value" | undefined;
  /** Set by the readers for text that does not parse, where no pointer exists. Wins over `pointer`. */
  readonly range?: Range | undefined;
  /** The file the range or pointer is in, when it is not the document itself. */
  readonly file?: string | undefined;
  /** The lines at `range`, for text that does not parse, where no document is left to ask. */
  readonly excerpt?: readonly SourceLine[] | undefined;
  readonly related?: readonly Related[] | undefined;
  /** The way out, in one line. */
  readonly help?: string | undefined;
}
