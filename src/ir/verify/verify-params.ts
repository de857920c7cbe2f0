import { quote } from "../../diagnostics/quote.js";
import type { Document } from "../../document/document.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { Entry, ParamEntry } from "../normalise/normal-form.js";
import { encodableOf } from "../shape/codec.js";
import { sameJson, sameSchema } from "../shape/same-schema.js";
import { isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { Verification } from "./verification.js";

/** E111: a plain param has a plain text (protocol 3.2). */
export function verifyParams(verification: Verification, entry: Entry): void {
  if (entry.kind !== "query" && entry.kind !== "view") return;
  for (const param of entry.params) verifyEncoding(verification, param);
}

/** E110: params of one name are one param (protocol 2.3). */
export function verifySharedParams(
  verification: Verification,
  { name, queries, params }: ContextGroup,
): void {
  const { document, normal } = verification;
  for (const query of queries) {
    if (normal.excluded.has(query.name.value)) continue;
    for (const param of query.params) {
      const first = params.get(param.name.value)?.param;
      if (first === undefined || first === param) continue;
      const difference = differenceOf(document, first, param);
      if (difference === null) continue;
      verification.report(
        "E110",
        difference.place,
        `the param ${quote(param.name.value)} of ${quote(query.name.value)} has another ${difference.what} than elsewhere in the context ${quote(name.value)}`,
        {
          help: "give it the same type in both functions, rename it in one, or move one to another context",
          related: [{ pointer: first.pointer, message: "the param it clashes with" }],
        },
      );
    }
  }
}

/** How two params of one name differ; the difference that a single value cannot serve. */
export function differenceOf(
  document: Document,
  first: ParamEntry,
  second: ParamEntry,
): { what: string; place: { pointer: string } } | null {
  if (!sameSchema(document, first.schema, second.schema)) {
    return { what: "schema", place: { pointer: second.schema.pointer } };
  }
  if (!sameDefault(first.schema, second.schema)) {
    return { what: "default", place: { pointer: second.schema.pointer } };
  }
  if (first.encoding.value !== second.encoding.value) {
    return { what: "encoding", place: second.encoding };
  }
  return null;
}

function sameDefault(first: SchemaAt, second: SchemaAt): boolean {
  const a = isObject(first.schema) ? own(first.schema, "default") : undefined;
  const b = isObject(second.schema) ? own(second.schema, "default") : undefined;
  return a === undefined || b === undefined ? a === b : sameJson(a, b);
}

function verifyEncoding(verification: Verification, param: ParamEntry): void {
  if (!param.encodingDeclared || param.encoding.value !== "plain") return;
  const { plain, obstacle } = encodableOf(verification.document, param.schema, param.required);
  if (obstacle === null || (plain !== null && !param.required)) return;
  verification.report(
    "E111",
    param,
    `the param ${quote(param.name.value)} is declared plain, but may be ${obstacle}`,
    { help: 'write "encoding": "json"' },
  );
}
