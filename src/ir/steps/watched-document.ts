import type { Pointer, Range } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue, Resolution } from "../../document/document.js";

/** A document that tells what is asked of it. Places and lines are for messages, and no step depends on them. */
export class WatchedDocument implements Document {
  readonly #document: Document;
  readonly #note: (source: string, a: string, b: string | undefined, answer: unknown) => void;

  constructor(
    document: Document,
    note: (source: string, a: string, b: string | undefined, answer: unknown) => void,
  ) {
    this.#document = document;
    this.#note = note;
  }

  get name(): string {
    return this.#document.name;
  }

  get openapi(): Document["openapi"] {
    return this.#document.openapi;
  }

  get root(): JsonObject {
    const { root } = this.#document;
    this.#note("root", "", undefined, root);
    return root;
  }

  get hash(): string {
    return this.#document.hash;
  }

  get files(): readonly string[] {
    return this.#document.files;
  }

  valueAt(pointer: Pointer): JsonValue | undefined {
    const value = this.#document.valueAt(pointer);
    this.#note("value", pointer, undefined, value);
    return value;
  }

  resolve(reference: string, from: Pointer): Resolution {
    const resolution = this.#document.resolve(reference, from);
    this.#note("resolve", reference, from, resolution);
    return resolution;
  }

  rangeOf(pointer: Pointer, part?: "key" | "value"): Range | undefined {
    return this.#document.rangeOf(pointer, part);
  }

  lineAt(line: number, file?: string): string | undefined {
    return this.#document.lineAt(line, file);
  }

  inexactNumberAt(pointer: Pointer): string | undefined {
    const text = this.#document.inexactNumberAt(pointer);
    this.#note("inexact", pointer, undefined, text);
    return text;
  }
}
