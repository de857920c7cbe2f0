import type { OpenAPI } from "openapi-types";
import type { Pointer } from "../diagnostics/diagnostic.js";
import type { Diagnostics } from "../diagnostics/diagnostics.js";
import { printable } from "../diagnostics/quote.js";
import type { Document } from "./document.js";

/** Objections of one document that are shown; a systematic one repeats itself. */
const most = 200;

/** What ajv, inside of the validator, says of one place. */
interface Objection {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
}

/** Says of several branches that none fits, or of the other branch that it is not taken: never the cause. */
const indirect = new Set(["oneOf", "anyOf", "if", "not", "const"]);

/**
 * Asks @apidevtools/swagger-parser what it thinks of a document and reports its objections as warnings (W010). Only `validate`
 * does so: lint is not a gate (docs/decisions/002). It gets a copy, as it changes what it is given, follows no reference, as the
 * reading of documents is ours, and takes 3.2 for 3.1, which it does not know.
 */
export async function lintDocument(document: Document, diagnostics: Diagnostics): Promise<void> {
  const { default: SwaggerParser } = await import("@apidevtools/swagger-parser");
  try {
    await SwaggerParser.validate(copyOf(document), {
      resolve: { external: false },
      // References stay: what they lead to is checked where it stands, once, and the places are those of our document.
      dereference: { circular: "ignore", excludedPathMatcher: () => true },
      validate: { schema: true, spec: false },
    });
  } catch (error) {
    const objections = objectionsOf(error);
    for (const { pointer, message } of objections.slice(0, most)) {
      diagnostics.report("W010", pointer, message);
    }
  }
}

function copyOf(document: Document): OpenAPI.Document {
  const version = document.openapi === "3.0" ? "3.0.3" : "3.1.0";
  // Without `paths` it would refuse the document as a whole; 3.1 allows it, and whoever needs them says so.
  const copy: unknown = { paths: {}, ...structuredClone(document.root), openapi: version };
  return copy as OpenAPI.Document;
}

function objectionsOf(error: unknown): { pointer: Pointer; message: string }[] {
  if (!(error instanceof Error)) return [{ pointer: "#", message: "the validator gave up" }];
  const details = "details" in error && Array.isArray(error.details) ? error.details : [];
  const all = details.filter(isObjection);
  if (all.length === 0) {
    const [line = ""] = error.message.split("\n");
    const pointer = line.startsWith("API version number") ? "#/info/version" : "#";
    return [{ pointer, message: printable(line) }];
  }
  const causes = all.filter(
    ({ keyword, message }) => !indirect.has(keyword) && !/'\$ref'/.test(message),
  );
  const seen = new Set<Pointer>();
  return (causes.length > 0 ? causes : all).flatMap(({ instancePath, message }) => {
    const pointer = `#${instancePath}`;
    if (seen.has(pointer)) return [];
    seen.add(pointer);
    return [{ pointer, message: printable(message) }];
  });
}

function isObjection(value: unknown): value is Objection {
  return (
    typeof value === "object" &&
    value !== null &&
    "keyword" in value &&
    "instancePath" in value &&
    "message" in value &&
    typeof value.keyword === "string" &&
    typeof value.instancePath === "string" &&
    typeof value.message === "string"
  );
}
