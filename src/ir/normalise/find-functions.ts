import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import { quote } from "../../diagnostics/quote.js";
import { suggest } from "../../diagnostics/suggest.js";
import type { Document, JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { isList, isObject, own } from "../shape/schema-at.js";
import { describeValue } from "./expect-shape.js";
import { placed, type Placed } from "./placed.js";

/** The root extensions, in the spelling of the protocol. */
const functionsKey = "x-mizan-functions";
const metaKey = "x-mizan";

/** Finds `x-mizan-functions` however it is spelt. Its absence is an error that says how to get it. */
export function findFunctions(document: Document, diagnostics: Diagnostics): Placed | undefined {
  const key = findKey(document.root, functionsKey, "x-mizan-function");
  if (key === undefined) {
    reportNoFunctions(document, diagnostics);
    return undefined;
  }
  const found = placed(document.root[key] ?? null, child("#", key));
  if (isObject(found.value) || isList(found.value)) {
    const size = isList(found.value) ? found.value.length : Object.keys(found.value).length;
    if (size > 0) return found;
    diagnostics.report("E100", found.pointer, `${quote(key)} holds no function`, {
      help: "declare functions in the backend, and check that the modules that declare them are loaded when it exports",
    });
    return undefined;
  }
  const message = `${quote(key)} must map function names to entries, not be ${describeValue(found.value)}`;
  diagnostics.report("E103", found.pointer, message);
  return undefined;
}

/** `x-mizan`, `x_mizan` or `xMizan`. */
export function findMeta(root: JsonObject): Placed | undefined {
  const key = findKey(root, metaKey);
  return key === undefined ? undefined : placed(root[key] ?? null, child("#", key));
}

/** `x-mizan-contexts` of older producers. */
export function findRootContexts(root: JsonObject): Placed | undefined {
  const key = findKey(root, "x-mizan-contexts");
  return key === undefined ? undefined : placed(root[key] ?? null, child("#", key));
}

function findKey(root: JsonObject, ...names: readonly string[]): string | undefined {
  const [exact] = names;
  if (exact !== undefined && Object.hasOwn(root, exact)) return exact;
  const wanted = new Set(names.map(folded));
  return Object.keys(root).find((key) => wanted.has(folded(key)));
}

function folded(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, "");
}

function reportNoFunctions(document: Document, diagnostics: Diagnostics): void {
  const { root } = document;
  const near = suggest(
    functionsKey,
    Object.keys(root).filter((key) => key !== metaKey),
  );
  if (near !== undefined) {
    diagnostics.report(
      "E100",
      child("#", near),
      `the document has no ${quote(functionsKey)}, but ${quote(near)}`,
      { part: "key", help: `rename it to ${quote(functionsKey)}` },
    );
    return;
  }
  for (const holder of [metaKey, "info", "components", "paths"]) {
    const value = own(root, holder);
    if (!isObject(value)) continue;
    const key = findKey(value, functionsKey, "x-mizan-function", "functions");
    if (key === undefined) continue;
    diagnostics.report(
      "E100",
      child(child("#", holder), key),
      `the functions stand in ${quote(holder)}, not at the root of the document`,
      { part: "key", help: `move them to ${quote(functionsKey)} at the root` },
    );
    return;
  }
  const paths = own(root, "paths");
  const count = isObject(paths) ? Object.keys(paths).length : 0;
  diagnostics.report(
    "E100",
    "#",
    count === 0
      ? `the document has no ${quote(functionsKey)}`
      : `the document is plain OpenAPI: ${String(count)} ${count === 1 ? "path" : "paths"}, but no ${quote(functionsKey)}`,
    {
      help: "export it with a mizan package (FastAPI, Django, TypeScript), or add the functions with an OpenAPI Overlay",
    },
  );
}
