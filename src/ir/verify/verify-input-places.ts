import { quote } from "../../diagnostics/quote.js";
import type { Entry, FileEntry, FormEntry, MutationEntry } from "../normalise/normal-form.js";
import { declaredMembers, followPath } from "../shape/member.js";
import type { Verification } from "./verification.js";

/** E230 and E231: what `files` and `form` name is in the input, and in the form's schema. */
export function verifyInputPlaces(verification: Verification, entry: Entry): void {
  if (entry.kind !== "mutation") return;
  const { files } = entry;
  for (const file of files?.value ?? []) verifyFile(verification, entry, file);
  if (files !== undefined && files.value.length > 0 && entry.encoding?.value !== "multipart") {
    const message = `${quote(entry.name.value)} has files, which JSON cannot carry`;
    verification.report("E230", files, message, { help: 'write "encoding": "multipart"' });
  }
  if (entry.form !== undefined) verifyForm(verification, entry, entry.form);
}

function verifyFile(verification: Verification, mutation: MutationEntry, file: FileEntry): void {
  const { input, name } = mutation;
  const found = input === null ? null : followPath(verification.document, input, file.path.value);
  if (found !== null && found.kind !== "missing") return;
  verification.report(
    "E230",
    file.path,
    `the input of ${quote(name.value)} has nothing at ${quote(file.path.value.join("."))}`,
    input === null ? {} : { related: [{ pointer: input.pointer, message: "the input" }] },
  );
}

function verifyForm(verification: Verification, mutation: MutationEntry, form: FormEntry): void {
  const { document } = verification;
  const { input, name } = mutation;
  if (form.at !== undefined && form.at.value.length > 0) {
    const found = input === null ? null : followPath(document, input, form.at.value);
    if (found === null || found.kind === "missing") {
      verification.report(
        "E231",
        form.at,
        `the input of ${quote(name.value)} has nothing at ${quote(form.at.value.join("."))}`,
        input === null ? {} : { related: [{ pointer: input.pointer, message: "the input" }] },
      );
    }
  }
  for (const [field, { pointer }] of form.fields ?? []) {
    const path = field.split(".");
    const isThere =
      followPath(document, form.schema, [field]).kind !== "missing" ||
      (path.length > 1 && followPath(document, form.schema, path).kind !== "missing");
    if (isThere) continue;
    const names = [...declaredMembers(document, form.schema).keys()];
    verification.report(
      "E231",
      { pointer, part: "key", value: field },
      `the form of ${quote(name.value)} has no field ${quote(field)}${verification.nearest(field, names)}`,
      { related: [{ pointer: form.schema.pointer, message: "the form's schema" }] },
    );
  }
  verifyInitial(verification, mutation, form);
}

/** The query that gives the initial values exists. */
function verifyInitial(verification: Verification, mutation: MutationEntry, form: FormEntry): void {
  const { initial } = form;
  if (initial === undefined) return;
  if (verification.isQuery(initial.value)) return;
  const names = verification.queryNames;
  verification.report(
    "E231",
    initial,
    `the form of ${quote(mutation.name.value)} takes its initial values from ${quote(initial.value)}, which is no query${verification.nearest(initial.value, names)}`,
  );
}
