import { readFileSync } from "node:fs";
import { systemCode } from "../output/output-error.js";

/** The text of a file, byte order mark included; null when there is none. Throws when it may not be read. */
export function readTextIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}
