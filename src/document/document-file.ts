import { pointerOfFile } from "../diagnostics/file-of-pointer.js";
import type { Pointer } from "../diagnostics/diagnostic.js";
import type { ParsedText } from "./parsed-file.js";
import { indexSchemas, type SchemaIndex } from "./references/schema-index.js";
import type { Origin } from "./source.js";
import type { TextLines } from "./text-lines.js";

/** One text that a document consists of: the root document, or one that references led to. */
export class DocumentFile {
  /** Relative to the directory of the root document, or a URL; empty for the root document. */
  readonly key: string;
  /** The pointer of its root: `#`, or `shared/user.yaml#`. */
  readonly pointer: Pointer;
  readonly name: string;
  readonly hash: string;
  readonly origin: Origin;
  readonly parsed: ParsedText;
  readonly lines: TextLines;
  #index: SchemaIndex | undefined;

  constructor(init: Omit<DocumentFile, "pointer" | "base" | "index">) {
    this.key = init.key;
    this.pointer = pointerOfFile(init.key);
    this.name = init.name;
    this.hash = init.hash;
    this.origin = init.origin;
    this.parsed = init.parsed;
    this.lines = init.lines;
  }

  /** What `$id`s in it are relative to. For files an address that nobody can mean, as their paths are nobody's business. */
  get base(): string {
    return this.origin.kind === "url" ? this.origin.url : `mizan://document/${encodeURI(this.key)}`;
  }

  get index(): SchemaIndex {
    this.#index ??= indexSchemas(this.parsed.root, this.pointer, this.base);
    return this.#index;
  }
}
