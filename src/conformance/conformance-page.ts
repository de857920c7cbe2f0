import type { Case } from "./case.js";

/** The table of docs/conformance.md: every case with its sentence and how to mend a server that fails it. */
export function caseTable(cases: readonly Case[]): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const rows = cases.map(({ id, title, mend }) => `| \`${id}\` | ${cell(title)} | ${cell(mend)} |`);
  return ["| Case | What holds | How to mend |", "| --- | --- | --- |", ...rows].join("\n");
}
