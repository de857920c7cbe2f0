import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { JsonObject } from "../../document/document.js";
import type { StrictForm } from "../strict-form/print-strict-form.js";
import { readStrictForm } from "../strict-form/read-strict-form.js";
import { openDocument } from "./open-document.js";

/** The strict form of a document that has functions, and what was said about it. */
export async function strictFormOf(
  value: JsonObject,
): Promise<{ form: StrictForm; diagnostics: readonly Diagnostic[] }> {
  const document = await openDocument(value);
  const diagnostics = new Diagnostics();
  const form = readStrictForm(document, diagnostics);
  if (form === null) throw new Error(`no functions: ${JSON.stringify(diagnostics.all)}`);
  return { form, diagnostics: diagnostics.all };
}

/** The functions of a document in the strict form. */
export async function strictFunctionsOf(value: JsonObject): Promise<JsonObject> {
  return (await strictFormOf(value)).form["x-mizan-functions"];
}
