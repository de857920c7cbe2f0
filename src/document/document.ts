import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Pointer, Range } from "../diagnostics/diagnostic.js";

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * A parsed OpenAPI document. Values are plain JSON, own properties only (`__proto__` is a key like any other); everything about
 * places is computed when asked, so that a document without problems pays nothing for it.
 */
export interface Document {
  /** How messages call it: a path relative to the cwd, with forward slashes; a URL without credentials; `<stdin>`. */
  readonly name: string;
  readonly openapi: "3.0" | "3.1" | "3.2";
  readonly root: JsonObject;
  /** Content hash of everything that was read (hex SHA-256), for the manifest. */
  readonly hash: string;
  /** Files beside the root document that references led to, in the order they were first met. */
  readonly files: readonly string[];
  /** The value at a pointer, or undefined. Own properties only. */
  valueAt(pointer: Pointer): JsonValue | undefined;
  /**
   * Resolves a `$ref` that stands at `from` (types.md section 6): document root, enclosing component's `$defs`, anchors, `$id`, files.
   * Follows one step only: the target may itself be a reference.
   */
  resolve(reference: string, from: Pointer): Resolution;
  /** Line and column of a member's key or value, or undefined when there is no such place. */
  rangeOf(pointer: Pointer, part?: "key" | "value"): Range | undefined;
  /** The text of one line, without its line end; for code frames. Lines count from 1. */
  lineAt(line: number, file?: string): string | undefined;
  /** The source text of the number at `pointer` when JavaScript cannot hold it exactly, else undefined. */
  inexactNumberAt(pointer: Pointer): string | undefined;
}

export type Resolution =
  | {
      readonly found: true;
      readonly pointer: Pointer;
      readonly value: JsonValue;
      /** Found only by looking inside the enclosing component. */ readonly local: boolean;
    }
  | {
      readonly found: false;
      /** E300 leads nowhere, E306 refused, E307 unreadable, E308 another document that could not be read. */
      readonly code: Extract<DiagnosticCode, "E300" | "E306" | "E307" | "E308">;
      /** What is missing, for a message: `no component "Missing"` */ readonly reason: string;
      readonly suggestion?: string | undefined;
      /** The way out, where there is one. */
      readonly help?: string | undefined;
    };
