import { countCases, type ConformanceReport } from "../report.js";

/** The whole run as one JSON value. Members are only ever added while `version` stays. */
export function renderJson(report: ConformanceReport): string {
  const { title, url, requests, cases } = report;
  const summary = {
    passed: countCases(report, "passed"),
    failed: countCases(report, "failed"),
    notRun: countCases(report, "not-run"),
    requests,
  };
  const listed = cases.map((each) => ({
    ...each,
    failures: each.failures.map(({ request, ...rest }) => ({ ...rest, request: request ?? null })),
  }));
  return `${JSON.stringify({ version: 1, title, url, summary, cases: listed }, null, 2)}\n`;
}
