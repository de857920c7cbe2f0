import type { Document } from "../../document/document.js";
import type { FileField } from "../api.js";
import type { MutationEntry } from "../normalise/normal-form.js";
import { fileKind } from "../shape/binary.js";
import { declaredMembers } from "../shape/member.js";

/** The files of a multipart mutation: the declared ones; where none are declared, the binary members of its input. */
export function filesOf(document: Document, mutation: MutationEntry): FileField[] {
  const { files, input, encoding } = mutation;
  if (files !== undefined) {
    return files.value.map((file) => ({
      path: file.path.value,
      multiple: file.multiple?.value ?? false,
      ...(file.maxBytes === undefined ? {} : { maxBytes: file.maxBytes.value }),
      ...(file.maxCount === undefined ? {} : { maxCount: file.maxCount.value }),
      accept: (file.accept ?? []).map(({ value }) => value),
    }));
  }
  if (encoding?.value !== "multipart" || input === null) return [];
  return [...declaredMembers(document, input)].flatMap(([name, { at }]): FileField[] => {
    const kind = fileKind(document, at);
    return kind === null ? [] : [{ path: [name], multiple: kind === "files", accept: [] }];
  });
}
