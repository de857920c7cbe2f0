import { catalogue, type CatalogueEntry, type DiagnosticCode } from "./catalogue.js";
import type { Diagnostic, Range } from "./diagnostic.js";
import { locateDiagnostics, type Located, type Place } from "./locate-diagnostics.js";
import { printable } from "./quote.js";
import type { RenderOptions } from "./source-view.js";

export interface SarifOptions extends RenderOptions {
  /** Version of the generator, for `tool.driver.version`. */
  readonly version?: string | undefined;
}

/** A SARIF 2.1.0 log (OASIS) with one run, for code scanning. Ends with a line end. */
export function renderSarif(
  diagnostics: readonly Diagnostic[],
  options: SarifOptions = {},
): string {
  const located = locateDiagnostics(diagnostics, options.document);
  const codes = [...new Set(located.map(({ diagnostic }) => diagnostic.code))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "mizan-gen",
            ...(options.version === undefined ? {} : { version: options.version }),
            rules: codes.map(rule),
          },
        },
        columnKind: "utf16CodeUnits",
        results: located.map((item) => result(item, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: DiagnosticCode): object {
  const entry: CatalogueEntry = catalogue[code];
  return {
    id: code,
    shortDescription: { text: entry.title },
    fullDescription: { text: entry.cause },
    help: { text: entry.fix },
    defaultConfiguration: { level: code.startsWith("W") ? "warning" : "error" },
  };
}

function result(located: Located, codes: readonly DiagnosticCode[]): object {
  const { diagnostic, related } = located;
  const { code, severity, message, help, pointer } = diagnostic;
  const text = help === undefined ? message : `${message}\nhelp: ${help}`;
  const at = location(located, pointer);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: lines(text) },
    ...(at === undefined ? {} : { locations: [at] }),
    ...(related.length === 0 ? {} : { relatedLocations: related.map(relatedLocation) }),
  };
}

function relatedLocation(related: Located["related"][number], index: number): object {
  return {
    id: index,
    message: { text: lines(related.message) },
    ...location(related, related.pointer),
  };
}

function location(place: Place, pointer: string | undefined): object | undefined {
  const physical = physicalLocation(place);
  if (physical === undefined && pointer === undefined) return undefined;
  return {
    ...(physical === undefined ? {} : { physicalLocation: physical }),
    ...(pointer === undefined
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: lines(pointer), kind: "member" }] }),
  };
}

function physicalLocation({ file, range }: Place): object | undefined {
  if (file === undefined || file === "<stdin>") return undefined;
  const uri = /^https?:\/\//.test(file) ? file : file.split("/").map(encodeURIComponent).join("/");
  return { artifactLocation: { uri }, ...(range === undefined ? {} : { region: region(range) }) };
}

function region(range: Range): object {
  return {
    startLine: range.start.line,
    startColumn: range.start.column,
    endLine: range.end.line,
    endColumn: range.end.column,
  };
}

/** Harmless, with its line ends kept. */
function lines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
