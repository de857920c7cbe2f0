import { isOutputPath } from "./output-path.js";

/** Name of the manifest in the output directory. It is committed with the files that it lists. */
export const manifestName = ".mizan-gen.json";

const format = 1;

/** What an earlier run left behind: enough to know that nothing changed, and which files are ours. */
export interface Manifest {
  /** Version of the generator. */
  readonly generator: string;
  /** Hash of the document and of every file that it refers to. */
  readonly input: string;
  /** Files that references led to, relative to the document, so that the input can be hashed again without being parsed. */
  readonly references: readonly string[];
  /** Hash of the options that shape the output. */
  readonly options: string;
  /** Warnings that the run gave. */
  readonly warnings: number;
  /** Output path to SHA-256 over its LF text. */
  readonly files: ReadonlyMap<string, string>;
}

export type ManifestReading =
  | { readonly state: "ok"; readonly manifest: Manifest }
  /** Conflict markers or a damaged text: only the files that could be made out, each with all the hashes that were found for it. */
  | {
      readonly state: "damaged";
      readonly files: ReadonlyMap<string, readonly string[]>;
    }
  | { readonly state: "newer" };

/** One line a file, sorted, so that a change of one function is a diff of few lines. */
export function printManifest(manifest: Manifest): string {
  const paths = [...manifest.files.keys()].sort();
  const files = paths.map(
    (path) => `    ${JSON.stringify(path)}: ${JSON.stringify(manifest.files.get(path))}`,
  );
  const members = [
    `  "format": ${format}`,
    `  "generator": ${JSON.stringify(manifest.generator)}`,
    `  "input": ${JSON.stringify(manifest.input)}`,
    ...(manifest.references.length > 0
      ? [`  "references": ${JSON.stringify(manifest.references)}`]
      : []),
    `  "options": ${JSON.stringify(manifest.options)}`,
    ...(manifest.warnings > 0 ? [`  "warnings": ${manifest.warnings}`] : []),
    files.length > 0 ? `  "files": {\n${files.join(",\n")}\n  }` : `  "files": {}`,
  ];
  return `{\n${members.join(",\n")}\n}\n`;
}

/** Reads a manifest that anything may have happened to: it stands in the user's repo. */
export function parseManifest(text: string): ManifestReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { state: "damaged", files: salvage(text) };
  }
  if (!isRecord(value)) return { state: "damaged", files: new Map() };
  if (typeof value["format"] === "number" && value["format"] > format) return { state: "newer" };
  const { generator, input, options, references = [], warnings = 0, files } = value;
  if (
    value["format"] !== format ||
    typeof generator !== "string" ||
    typeof input !== "string" ||
    typeof options !== "string" ||
    typeof warnings !== "number" ||
    !isStringArray(references) ||
    !isRecord(files)
  ) {
    return { state: "damaged", files: salvage(text) };
  }
  const own = new Map<string, string>();
  for (const [path, hash] of Object.entries(files)) {
    // A path that leaves the directory was not written by us: it is no licence to delete anything.
    if (typeof hash === "string" && isOutputPath(path)) own.set(path, hash);
  }
  return {
    state: "ok",
    manifest: { generator, input, references, options, warnings, files: own },
  };
}

/** The `"path": "hash"` lines of a text that does not parse: after a merge conflict, those of both sides. */
function salvage(text: string): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const match of text.matchAll(/^    ("(?:[^"\\]|\\.)+"): "([0-9a-f]{64})",?\s*$/gm)) {
    const [, quoted = "", hash = ""] = match;
    let path: unknown;
    try {
      path = JSON.parse(quoted);
    } catch {
      continue;
    }
    if (typeof path !== "string" || !isOutputPath(path)) continue;
    files.set(path, [...(files.get(path) ?? []), hash]);
  }
  return files;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
