import type { Finding, ProjectReport } from "../api.js";
import { codeFrame } from "../diagnostics/code-frame.js";
import { linesOf, locateDiagnostics, type Located } from "../diagnostics/locate-diagnostics.js";
import { jsonDiagnostic } from "../diagnostics/render-json.js";
import { renderText } from "../diagnostics/render-text.js";
import type { Findings } from "./report-diagnostics.js";
import type { ProjectResult } from "./run-project.js";

const plain = { gutter: String, caret: String };

/** Diagnostics as the programmatic API gives them, sorted by place. */
export function findingsForApi({ diagnostics, document }: Findings): Finding[] {
  return locateDiagnostics(diagnostics, document).map((located) => {
    const { related: _related, cause: _cause, ...finding } = jsonDiagnostic(located);
    return { ...finding, frame: frameOf(located, document) };
  });
}

function frameOf(located: Located, document: Findings["document"]): string | null {
  if (located.range === undefined) return null;
  const lines = codeFrame(linesOf(located, document), located.range, plain);
  return lines.length === 0 ? null : lines.join("\n");
}

/** Diagnostics as text for people; empty for none. */
export function textOfFindings({ diagnostics, document }: Findings): string {
  return renderText(diagnostics, { document });
}

/** A run as the programmatic API gives it. */
export function projectReport(result: ProjectResult): ProjectReport {
  const { name, source, output, status, changes, total } = result;
  return {
    name: name ?? null,
    source,
    output,
    failed: status === "failed",
    files: total,
    changes: changes.flatMap(({ path, kind }) => (kind === "unchanged" ? [] : [{ path, kind }])),
  };
}
