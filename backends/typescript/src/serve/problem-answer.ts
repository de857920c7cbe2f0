import { problemBody } from "../problem/problem-body.js";
import type { MizanProblem } from "../problem/mizan-problem.js";
import type { Answer } from "./answer.js";
import { FailedCall } from "./run-call.js";

/** What was thrown as an answer: a problem document that nobody stores (protocol 3.6). */
export function problemAnswer(cause: unknown, toProblem: (cause: unknown) => MizanProblem): Answer {
  const failed = cause instanceof FailedCall ? cause : null;
  const problem = toProblem(failed === null ? cause : failed.cause);
  const headers = new Headers({
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...problem.details.headers,
  });
  const body = problemBody(problem);
  if (failed !== null && failed.effects.header !== null) {
    headers.set("X-Mizan-Invalidate", failed.effects.header);
    body["invalidate"] = failed.effects.invalidate;
  }
  return { status: problem.status, headers, body: JSON.stringify(body) };
}
