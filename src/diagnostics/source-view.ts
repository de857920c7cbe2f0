import type { Pointer, Range } from "./diagnostic.js";

/** What renderers ask of a document. */
export interface SourceView {
  readonly name: string;
  rangeOf(pointer: Pointer, part?: "key" | "value"): Range | undefined;
  lineAt(line: number, file?: string): string | undefined;
}

export interface RenderOptions {
  /** The document that the pointers are about; null or absent when it could not be read. */
  readonly document?: SourceView | null | undefined;
}
