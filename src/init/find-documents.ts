import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export interface FoundDocument {
  /** Absolute. */
  readonly path: string;
  /** Has `x-mizan-functions`, so there is something to generate. */
  readonly hasFunctions: boolean;
}

/** Where exporters and people put the document. */
const places = [
  ".",
  "openapi",
  "api",
  "schema",
  "schemas",
  "spec",
  "docs",
  "src",
  "public",
  "static",
  "backend",
  "server",
];

/** A larger file is no document that somebody keeps in a repo. */
const mostBytes = 64 << 20;

/** The OpenAPI documents in the usual places of a directory, those with functions first. Where one has them, only such. */
export function findDocuments(directory: string): readonly FoundDocument[] {
  const found = places.flatMap((place) => documentsIn(join(directory, place)));
  const useful = found.filter(({ hasFunctions }) => hasFunctions);
  return useful.length > 0 ? useful : found;
}

function documentsIn(folder: string): FoundDocument[] {
  return namesIn(folder)
    .filter((name) => /\.(json|ya?ml)$/i.test(name) && !/^(package(-lock)?|tsconfig)\b/.test(name))
    .sort()
    .flatMap((name): FoundDocument[] => {
      const path = join(folder, name);
      const text = readText(path);
      if (!/^\s*(?:"openapi"|openapi)\s*:\s*["']?3\.|[{,]\s*"openapi"\s*:\s*"3\./m.test(text))
        return [];
      return [{ path, hasFunctions: /["']?x-mizan-functions["']?\s*:/.test(text) }];
    });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= mostBytes ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}
