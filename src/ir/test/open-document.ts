import { readFileSync } from "node:fs";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { readDocument } from "../../document/read-document.js";

const fixtures = new URL("../../../fixtures/protocol/", import.meta.url);

/** A fixture of fixtures/protocol as plain data, to be changed by a test. */
export function fixture(name: string): JsonObject {
  return JSON.parse(readFileSync(new URL(name, fixtures), "utf8")) as JsonObject;
}

/** The document that a value is the text of, read as the generator reads it. */
export async function openDocument(value: JsonValue): Promise<Document> {
  const document = await tryOpenDocument(value);
  if (document === null) throw new Error("the document cannot be read");
  return document;
}

/** Null when the value is no document that the reader accepts. */
export async function tryOpenDocument(
  value: JsonValue,
  diagnostics = new Diagnostics(),
): Promise<Document | null> {
  const content = JSON.stringify(value, null, 2);
  return readDocument({ kind: "text", content, name: "openapi.json" }, {}, diagnostics);
}
