import { appendFileSync } from "node:fs";

/** Appends to the summary of a step of GitHub Actions. One that cannot be written is no reason to fail: the annotations are there. */
export function writeSummary(summary: string, file: string | undefined): void {
  if (summary === "" || file === undefined || file === "") return;
  try {
    appendFileSync(file, summary);
  } catch {
    // As above.
  }
}
