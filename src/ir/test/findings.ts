import { expect } from "vitest";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { JsonObject } from "../../document/document.js";
import type { Api } from "../api.js";
import { buildApi } from "../build-api.js";
import { defaultApiOptions, type ApiOptions } from "../options.js";
import { openDocument } from "./open-document.js";

export interface Built {
  readonly api: Api | null;
  readonly diagnostics: readonly Diagnostic[];
  /** `E201 #/x-mizan-functions/rename/merge/0`, sorted; `(key)` where the key of a member is meant. */
  readonly findings: readonly string[];
}

/** Builds a document, and holds that every place a diagnostic names is there, and that there is an Api unless there are errors. */
export async function build(value: JsonObject, options: Partial<ApiOptions> = {}): Promise<Built> {
  const document = await openDocument(value);
  const collected = new Diagnostics();
  const api = buildApi(document, { ...defaultApiOptions, ...options }, collected);
  const diagnostics = collected.all;
  for (const { pointer, related = [] } of diagnostics) {
    const places = [pointer, ...related.map((place) => place.pointer)];
    for (const place of places) {
      expect(place === undefined ? "no place" : document.valueAt(place), place).not.toBe(undefined);
    }
  }
  expect(api === null).toBe(collected.hasErrors);
  return { api, diagnostics, findings: diagnostics.map(show).sort() };
}

/** The findings alone. */
export async function findingsOf(
  value: JsonObject,
  options: Partial<ApiOptions> = {},
): Promise<readonly string[]> {
  return (await build(value, options)).findings;
}

/** The Api of a document that must have no errors. */
export async function apiOf(value: JsonObject, options: Partial<ApiOptions> = {}): Promise<Api> {
  const { api, findings } = await build(value, options);
  if (api === null) throw new Error(`the document has errors: ${findings.join(", ")}`);
  return api;
}

function show({ code, pointer, part }: Diagnostic): string {
  return `${code} ${pointer ?? "nowhere"}${part === "key" ? " (key)" : ""}`;
}
