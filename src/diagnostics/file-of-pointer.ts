import type { Pointer } from "./diagnostic.js";

/**
 * The file that a pointer names before its `#`, relative to the directory of the root document (or a URL); the empty string for
 * the root document itself.
 */
export function fileOfPointer(pointer: Pointer): string {
  const hash = pointer.indexOf("#");
  return hash <= 0 ? "" : pointer.slice(0, hash).replaceAll("%23", "#").replaceAll("%25", "%");
}

/** The root pointer of a file, `shared/user.yaml#`. */
export function pointerOfFile(file: string): Pointer {
  return `${file.replaceAll("%", "%25").replaceAll("#", "%23")}#`;
}

/** How messages call such a file, beside a root document that they call `documentName`. */
export function nameOfFile(documentName: string, file: string): string {
  if (file === "") return documentName;
  if (/^https?:\/\//.test(file)) return file;
  const slash = documentName.lastIndexOf("/");
  return documentName.slice(0, slash + 1) + file;
}
