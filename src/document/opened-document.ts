import { createHash } from "node:crypto";
import { fileOfPointer, nameOfFile } from "../diagnostics/file-of-pointer.js";
import type { Pointer, Range } from "../diagnostics/diagnostic.js";
import type { DocumentFile } from "./document-file.js";
import type { Document, JsonObject, JsonValue, Resolution } from "./document.js";
import { stepsOf } from "./pointer.js";
import type { LoadFailure } from "./references/refusal.js";
import { References } from "./references/resolve-reference.js";
import { valueAtSteps } from "./value-at.js";

export interface OpenedParts {
  readonly openapi: Document["openapi"];
  readonly root: JsonObject;
  readonly file: DocumentFile;
  readonly others: ReadonlyMap<string, DocumentFile | LoadFailure>;
  readonly allowRefs: "none" | "files" | "all";
}

/** A document over the texts it was read from. */
export class OpenedDocument implements Document {
  readonly name: string;
  readonly openapi: Document["openapi"];
  readonly root: JsonObject;
  readonly hash: string;
  readonly files: readonly string[];
  readonly #file: DocumentFile;
  readonly #others: readonly DocumentFile[];
  readonly #references: References;

  constructor(parts: OpenedParts) {
    this.name = parts.file.name;
    this.openapi = parts.openapi;
    this.root = parts.root;
    this.#file = parts.file;
    this.#others = [...parts.others.values()].filter(
      (other): other is DocumentFile => "parsed" in other,
    );
    this.#references = new References(parts.file, parts.others, parts.allowRefs);
    this.files = this.#others.map((other) => other.name);
    this.hash = hashOf(this.#file, this.#others);
  }

  valueAt(pointer: Pointer): JsonValue | undefined {
    const file = this.#references.fileAt(pointer);
    return file && valueAtSteps(file.parsed.root, stepsOf(pointer));
  }

  resolve(reference: string, from: Pointer): Resolution {
    return this.#references.resolve(reference, from);
  }

  rangeOf(pointer: Pointer, part: "key" | "value" = "value"): Range | undefined {
    const file = this.#references.fileAt(pointer);
    const place = file?.parsed.locate(stepsOf(pointer));
    if (!file || !place) return undefined;
    const span = part === "key" && place.key ? place.key : place.value;
    return file.lines.rangeOf(span.start, span.end);
  }

  lineAt(line: number, file?: string): string | undefined {
    return this.#fileCalled(file)?.lines.line(line);
  }

  inexactNumberAt(pointer: Pointer): string | undefined {
    return this.#references.fileAt(pointer)?.parsed.inexactNumberAt(stepsOf(pointer));
  }

  /** By the name that messages use, or by the part of a pointer before its `#`. */
  #fileCalled(file: string | undefined): DocumentFile | undefined {
    if (file === undefined || file === "" || file === this.name) return this.#file;
    const key = file.includes("#") ? fileOfPointer(file) : file;
    return this.#others.find(
      (other) =>
        other.key === key || other.name === file || nameOfFile(this.name, other.key) === file,
    );
  }
}

/** The hash of the root document alone, when there is nothing beside it. */
function hashOf(file: DocumentFile, others: readonly DocumentFile[]): string {
  if (others.length === 0) return file.hash;
  const hash = createHash("sha256").update(file.hash);
  for (const other of others) hash.update(`\n${other.key}\n${other.hash}`);
  return hash.digest("hex");
}
