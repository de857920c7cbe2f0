import type { Document } from "../../document/document.js";
import { outlineOf } from "./outline.js";
import { isObject, own, type SchemaAt } from "./schema-at.js";

/** Whether a member of a multipart body is a file, or a list of files (types.md section 4: binary strings). */
export function isBinary(document: Document, at: SchemaAt): boolean {
  return fileKind(document, at) !== null;
}

export function fileKind(document: Document, at: SchemaAt): "file" | "files" | null {
  const { core, element } = outlineOf(document, at);
  if (element !== null) return isBinaryString(element.at) ? "files" : null;
  return isBinaryString(core.at) ? "file" : null;
}

function isBinaryString({ schema }: SchemaAt): boolean {
  if (!isObject(schema)) return false;
  if (own(schema, "format") === "binary") return true;
  const media = own(schema, "contentMediaType");
  return (
    typeof media === "string" &&
    !Object.hasOwn(schema, "contentEncoding") &&
    !/^text\/|json\b/i.test(media)
  );
}
