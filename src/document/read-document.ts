import type { Diagnostics } from "../diagnostics/diagnostics.js";
import { checkShape } from "./check-shape.js";
import { checkVersion, type VersionFault } from "./check-version.js";
import { DocumentFile } from "./document-file.js";
import type { Document } from "./document.js";
import type { DocumentMemory } from "./document-memory.js";
import {
  defaultMaxBytes,
  defaultTimeoutMs,
  type DocumentInput,
  type ReadOptions,
} from "./document-input.js";
import { OpenedDocument } from "./opened-document.js";
import { parseSource } from "./parse-source.js";
import { stepsOf } from "./pointer.js";
import { reportProblems } from "./problem.js";
import { readSource } from "./read-source.js";
import type { LoadFailure } from "./references/refusal.js";
import type { Source } from "./source.js";

/**
 * Reads and parses a document. Null when there is none to work with, for reasons that were reported; a document whose errors leave
 * something to work with (a duplicate key, a container of the wrong shape) is returned beside them, so that all is found at once.
 */
export async function readDocument(
  input: DocumentInput,
  options: ReadOptions,
  diagnostics: Diagnostics,
): Promise<Document | null> {
  const result = await readSource(input, options, diagnostics);
  if (result.status !== "read") return null;
  const headers = input.kind === "url" ? (input.headers ?? {}) : {};
  return parseDocument(result.source, options, diagnostics, headers);
}

/**
 * The second half of `readDocument`, for callers that look at the hash of a source first. `headers` as of its input.
 *
 * @param memory of the document that was read before; with it this one is made of the same objects, where it says the same
 */
export async function parseDocument(
  source: Source,
  options: ReadOptions,
  diagnostics: Diagnostics,
  headers: Readonly<Record<string, string>> = {},
  memory?: DocumentMemory,
): Promise<Document | null> {
  const { parsed, problems, lines } = await parseSource(source, memory?.textOf(""));
  reportProblems(problems, source.name, lines, diagnostics);
  if (!parsed) return null;
  const { name, hash, origin } = source;
  const file = new DocumentFile({ key: "", name, hash, origin, parsed, lines });
  const version = checkVersion(parsed.root);
  if ("code" in version) {
    reportUnsupported(version, file, diagnostics);
    return null;
  }
  checkShape(version.root, diagnostics, memory?.soundPaths);
  const allowRefs = options.allowRefs ?? "none";
  const others =
    allowRefs === "none" ? nothing : await loadOthers(file, allowRefs, options, headers, memory);
  return new OpenedDocument({ ...version, file, others, allowRefs });
}

/** With its excerpt, as there will be no document to show the place. */
function reportUnsupported(
  fault: VersionFault,
  file: DocumentFile,
  diagnostics: Diagnostics,
): void {
  const { code, pointer, message, help } = fault;
  const place = file.parsed.locate(stepsOf(pointer));
  const range = place && file.lines.rangeOf(place.value.start, place.value.end);
  diagnostics.add({
    code,
    severity: "error",
    message,
    pointer,
    file: file.name,
    help,
    range,
    excerpt: range && file.lines.excerpt(range),
  });
}

const nothing: ReadonlyMap<string, DocumentFile | LoadFailure> = new Map();

async function loadOthers(
  file: DocumentFile,
  allowRefs: "files" | "all",
  options: ReadOptions,
  headers: Readonly<Record<string, string>>,
  memory: DocumentMemory | undefined,
): Promise<ReadonlyMap<string, DocumentFile | LoadFailure>> {
  const { loadFiles } = await import("./references/load-files.js");
  const others = await loadFiles(file, {
    allowRefs,
    maxBytes: options.maxBytes ?? defaultMaxBytes,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    headers,
    memory,
  });
  memory?.keepOnly(new Set([file.key, ...others.keys()]));
  return others;
}
