import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document } from "../../document/document.js";
import { collectEntries } from "./collect-entries.js";
import { Fields } from "./fields.js";
import { findFunctions, findMeta, findRootContexts } from "./find-functions.js";
import type { Entry, NormalForm } from "./normal-form.js";
import { Operations } from "./operations.js";
import { nameOfEntry, readEntry } from "./read-entry.js";
import { isVersionOne, readMeta } from "./read-meta.js";
import { Reading } from "./reading.js";
import { entryWords } from "./vocabularies.js";

/**
 * Reads the extensions of a document in any of the forms of protocol 2.5 into the strict form, each value with its place in the
 * document. Null when there are no functions to be had; everything else that is wrong is reported and left out.
 * `isIncluded` decides by wire name; what is wrong with a function that is left out is nobody's business.
 */
export function normaliseDocument(
  document: Document,
  diagnostics: Diagnostics,
  isIncluded: (name: string) => boolean = () => true,
): NormalForm | null {
  const functions = findFunctions(document, diagnostics);
  if (functions === undefined) return null;
  const found = findMeta(document.root);
  const operations = new Operations(document);
  const strict = isVersionOne(found, diagnostics);
  const reading = new Reading(document, operations, strict, diagnostics);
  const silent = new Reading(document, operations, strict, new Diagnostics());
  const meta = readMeta(reading, found, findRootContexts(document.root));

  const excluded = new Set<string>();
  const entries: Entry[] = [];
  for (const raw of collectEntries(functions, diagnostics)) {
    const fields = new Fields(raw.body, entryWords);
    const name = nameOfEntry(raw, fields, diagnostics);
    if (name === undefined) continue;
    const included = isIncluded(name.value);
    if (!included) excluded.add(name.value);
    const entry = readEntry(included ? reading : silent, raw, name, fields);
    if (entry !== undefined) entries.push(entry);
  }
  return { meta, functions: entries, excluded, pointer: functions.pointer, operations };
}
