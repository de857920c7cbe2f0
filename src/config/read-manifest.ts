import { readFileSync } from "node:fs";

export type PackageManifest = Readonly<Record<string, unknown>>;

/** The value of a `package.json`; null when there is none, or one that says nothing. */
export function readManifest(file: string): PackageManifest | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\ufeff/, ""));
    return typeof value === "object" && value !== null ? (value as PackageManifest) : null;
  } catch {
    return null;
  }
}
