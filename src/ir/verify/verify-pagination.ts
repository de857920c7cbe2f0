import { quote } from "../../diagnostics/quote.js";
import type { Entry, PaginationEntry, QueryEntry } from "../normalise/normal-form.js";
import { followPath } from "../shape/member.js";
import type { Verification } from "./verification.js";
import { listNames } from "./list-names.js";

/** E140 and W140: what a pagination names exists, and turning a page fetches nothing else. */
export function verifyPagination(verification: Verification, entry: Entry): void {
  if (entry.kind !== "query" || entry.pagination === undefined) return;
  verifyNamed(verification, entry, entry.pagination);
  verifyCompany(verification, entry, entry.pagination);
}

function verifyNamed(
  verification: Verification,
  query: QueryEntry,
  pagination: PaginationEntry,
): void {
  const names = query.params.map((param) => param.name.value);
  for (const param of pagination.params.values()) {
    if (names.includes(param.value)) continue;
    verification.report(
      "E140",
      param,
      `${quote(query.name.value)} has no param ${quote(param.value)}${verification.nearest(param.value, names)}`,
      {
        help: names.length === 0 ? "it has no params" : `its params: ${listNames(names)}`,
      },
    );
  }
  for (const role of ["items", "next", "prev", "total"] as const) {
    const path = pagination[role];
    if (path === undefined) continue;
    const found = followPath(verification.document, query.output, path.value);
    if (found.kind !== "missing") continue;
    verification.report(
      "E140",
      path,
      `the output of ${quote(query.name.value)} has nothing at ${quote(path.value.join("."))}`,
      {
        help: "give the path as a list of steps from the root of the output",
        related: [{ pointer: query.output.pointer, message: "the output" }],
      },
    );
  }
}

function verifyCompany(
  verification: Verification,
  query: QueryEntry,
  pagination: PaginationEntry,
): void {
  const queries = verification.context(query.context.value)?.queries ?? [];
  const first = queries.find((other) => other !== query);
  if (first === undefined || pagination.params.size === 0) return;
  const count = queries.length - 2;
  const more = count === 0 ? "" : ` and ${String(count)} more`;
  verification.report(
    "W140",
    pagination,
    `each page of ${quote(query.name.value)} fetches ${quote(first.name.value)}${more} again`,
    {
      help: "give the paged query a context of its own",
      related: [{ pointer: first.pointer, message: "shares the context" }],
    },
  );
}
