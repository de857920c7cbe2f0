import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, JsonValue } from "../../document/document.js";
import { DocumentMemory } from "../../document/document-memory.js";
import { parseDocument } from "../../document/read-document.js";
import { readSource } from "../../document/read-source.js";

/** Reads one document after the other as a watch does: what says the same as before is the same object. */
export class Rereading {
  readonly #memory = new DocumentMemory();

  /** Null when the value is no document that the reader accepts. */
  async read(value: JsonValue): Promise<Document | null> {
    const diagnostics = new Diagnostics();
    const content = JSON.stringify(value, null, 2);
    const input = { kind: "text", content, name: "openapi.json" } as const;
    const read = await readSource(input, {}, diagnostics);
    if (read.status !== "read") return null;
    return parseDocument(read.source, {}, diagnostics, {}, this.#memory);
  }
}
