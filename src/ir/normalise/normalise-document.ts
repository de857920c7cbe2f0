import { Diagnostics } from "../../diagnostics/diagnostics.js";
import { entriesOfMember, functionsMembers } from "./collect-entries.js";
import { Fields } from "./fields.js";
import { findFunctions, findMeta, findRootContexts } from "./find-functions.js";
import type { Entry, NormalForm } from "./normal-form.js";
import { Operations } from "./operations.js";
import { nameOfEntry, readEntry } from "./read-entry.js";
import { isVersionOne, readMeta } from "./read-meta.js";
import { Reading } from "./reading.js";
import { entryWords } from "./vocabularies.js";
import { isList } from "../shape/schema-at.js";
import type { Steps } from "../steps/steps.js";

/** An entry by its wire name; undefined where it cannot be used. */
interface ReadEntry {
  readonly name: string;
  readonly entry: Entry | undefined;
}

/**
 * Reads the extensions of a document in any of the forms of protocol 2.5 into the strict form, each value with its place in the
 * document. Null when there are no functions to be had; everything else that is wrong is reported and left out.
 * `isIncluded` decides by wire name; what is wrong with a function that is left out is nobody's business.
 */
export function normaliseDocument(
  steps: Steps,
  isIncluded: (name: string) => boolean = () => true,
): NormalForm | null {
  const { document, diagnostics } = steps;
  const functions = findFunctions(document, diagnostics);
  if (functions === undefined) return null;
  const found = findMeta(document.root);
  const operations = new Operations(steps);
  const strict = isVersionOne(found, diagnostics);
  steps.assume("strict", String(strict));
  const reading = new Reading(steps, operations, strict);
  const silent = new Reading(steps, operations, strict, new Diagnostics());
  const meta = readMeta(reading, found, findRootContexts(document.root));

  const read = steps.each(
    "entry",
    functionsMembers(functions),
    ([key]) => key,
    ([, value], add) => {
      add(value);
      add(functions.pointer);
      add(isList(functions.value));
    },
    (member) =>
      entriesOfMember(functions, member, diagnostics).flatMap((raw): ReadEntry[] => {
        const fields = new Fields(raw.body, entryWords);
        const name = nameOfEntry(raw, fields, diagnostics);
        if (name === undefined) return [];
        const read = isIncluded(name.value) ? reading : silent;
        return [{ name: name.value, entry: readEntry(read, raw, name, fields) }];
      }),
  );
  const excluded = new Set<string>();
  const entries: Entry[] = [];
  for (const { name, entry } of read.flat()) {
    if (!isIncluded(name)) excluded.add(name);
    if (entry !== undefined) entries.push(entry);
  }
  return { meta, functions: entries, excluded, pointer: functions.pointer, operations };
}
