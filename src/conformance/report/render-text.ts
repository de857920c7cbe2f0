import { printable } from "../../diagnostics/quote.js";
import { countCases, type CaseReport, type ConformanceReport } from "../report.js";
import type { Failure, Gap } from "../trial.js";

export interface TextOptions {
  readonly color: boolean;
  /** Cases that passed as well, and every failure of a case. */
  readonly verbose: boolean;
  /** Failures and the count only. */
  readonly quiet: boolean;
}

/** Failures of one case that are shown; a broken rule breaks for every function. */
const mostShown = 3;

/** The report for people: what failed first, then what was not run, then the count. */
export function renderText(report: ConformanceReport, options: TextOptions): string {
  const blocks = [
    ...report.cases
      .filter(({ status }) => status === "failed")
      .map((each) => failed(each, options)),
    ...(options.quiet
      ? []
      : report.cases
          .filter(({ status }) => status === "not-run")
          .map((each) => notRun(each, options))),
    ...(options.verbose ? [passed(report, options)] : []),
  ];
  const text = blocks.filter((block) => block !== "").join("\n\n");
  return `${text}${text === "" ? "" : "\n\n"}${summarizeCases(report)}\n`;
}

export function summarizeCases(report: ConformanceReport): string {
  const [right, wrong, open] = [
    countCases(report, "passed"),
    countCases(report, "failed"),
    countCases(report, "not-run"),
  ];
  return `${report.title} at ${report.url}: ${String(right)} passed, ${String(wrong)} failed, ${String(open)} not run (${String(report.requests)} requests)`;
}

function failed(
  { id, title, mend, failures }: CaseReport,
  { color, verbose }: TextOptions,
): string {
  const shown = verbose ? failures : failures.slice(0, mostShown);
  const rest = failures.length - shown.length;
  return [
    `${paint("FAILED", 31, color)}  ${id}  ${title}`,
    ...shown.flatMap(failureLines),
    ...(rest > 0 ? [`  and ${String(rest)} more like this`] : []),
    `  mend: ${mend}`,
  ].join("\n");
}

export function failureLines({ subject, request, expected, received }: Failure): string[] {
  const place = request === undefined ? "" : `  ${request}`;
  return [`  ${subject}${place}`, `    expected  ${expected}`, `    received  ${received}`].map(
    printable,
  );
}

function notRun({ id, title, gaps }: CaseReport, { color }: TextOptions): string {
  return [`${paint("not run", 33, color)} ${id}  ${title}`, ...gapLines(gaps)].join("\n");
}

function gapLines(gaps: readonly Gap[]): string[] {
  return gaps.map(({ subject, reason }) => `  ${subject}: ${reason}`);
}

function passed({ cases }: ConformanceReport, { color }: TextOptions): string {
  return cases
    .filter(({ status }) => status === "passed")
    .flatMap(({ id, title, checks, gaps }) => [
      `${paint("passed", 32, color)}  ${id}  ${title} (${String(checks)} checks)`,
      ...gapLines(gaps).map((line) => `${line} (left out)`),
    ])
    .join("\n");
}

function paint(text: string, code: number, color: boolean): string {
  return color ? `\u001b[${String(code)}m${text}\u001b[0m` : text;
}
