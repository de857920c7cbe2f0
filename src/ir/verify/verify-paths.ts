import { quote } from "../../diagnostics/quote.js";
import type { Pointer } from "../../diagnostics/diagnostic.js";
import { child, lastStep } from "../../document/pointer.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { Entry } from "../normalise/normal-form.js";
import type { Operation } from "../normalise/operations.js";
import { outlineOf } from "../shape/outline.js";
import { isSameReference } from "../shape/same-schema.js";
import { own, type SchemaAt } from "../shape/schema-at.js";
import type { Verification } from "./verification.js";

const fix = "export the document again in one piece; the functions' entries are the truth";

/** E241 and E120: operations refer back to functions and contexts that exist, and say the same as their entries. */
export function verifyPaths(verification: Verification): void {
  const { normal } = verification;
  const entries = new Map<string, Entry>();
  for (const entry of normal.functions) {
    if (!entries.has(entry.name.value)) entries.set(entry.name.value, entry);
  }
  for (const operation of normal.operations.all) {
    const ofFunction = own(operation.value, "x-mizan-function");
    const ofContext = own(operation.value, "x-mizan-context");
    if (typeof ofFunction === "string") {
      const entry = entries.get(ofFunction);
      if (entry !== undefined) {
        verification.steps.run("operation checks", operation.pointer, [operation, entry], () => {
          verifyCall(verification, operation, entry);
        });
      } else if (!normal.excluded.has(ofFunction)) {
        dangling(verification, operation, "function", ofFunction, entries.keys());
      }
    }
    if (typeof ofContext === "string") {
      const context = verification.contexts.get(ofContext);
      if (context !== undefined) {
        const { pointer } = operation;
        verification.steps.run("context operation checks", pointer, [operation, context], () => {
          verifyContext(verification, operation, context);
        });
      } else dangling(verification, operation, "context", ofContext, verification.contexts.keys());
    }
  }
}

function dangling(
  verification: Verification,
  operation: Operation,
  noun: "function" | "context",
  name: string,
  names: Iterable<string>,
): void {
  verification.report(
    "E241",
    { pointer: child(operation.pointer, `x-mizan-${noun}`) },
    `there is no ${noun} ${quote(name)}${verification.nearest(name, names)}`,
  );
}

/** Types are compared by name: an inline schema says nothing about identity. Foreign documents have no other truth to compare with. */
function verifyCall(verification: Verification, operation: Operation, entry: Entry): void {
  const { operations, excluded, meta } = verification.normal;
  if (!meta.strict || entry.kind !== "mutation" || excluded.has(entry.name.value)) return;
  const [body] = operations.bodies(operation).values();
  compare(verification, body, entry.input, `the input of ${quote(entry.name.value)}`);
  const result = operations.memberOfAnswer(operation, "result");
  compare(verification, result, entry.output, `the output of ${quote(entry.name.value)}`);
}

function compare(
  verification: Verification,
  inPaths: SchemaAt | undefined,
  declared: SchemaAt | null,
  what: string,
): void {
  if (inPaths === undefined || declared === null) return;
  if (isSameReference(verification.document, inPaths, declared)) return;
  const there = namedType(verification, inPaths);
  const here = namedType(verification, declared);
  if (there === null || here === null || there === here) return;
  verification.report(
    "E120",
    inPaths,
    `${what} is ${quote(lastStep(there))} in "paths" and ${quote(lastStep(here))} in its entry`,
    { help: fix, related: [{ pointer: declared.pointer, message: "the entry" }] },
  );
}

function namedType(verification: Verification, at: SchemaAt): Pointer | null {
  return outlineOf(verification.document, at).identity;
}

function verifyContext(
  verification: Verification,
  operation: Operation,
  context: ContextGroup,
): void {
  const { operations, meta } = verification.normal;
  const name = context.name.value;
  if (!meta.strict) return;
  const path = context.declared?.path;
  if (
    path !== undefined &&
    ![operation.path, operations.originPath(operation.path)].includes(path.value)
  ) {
    verification.report(
      "E120",
      path,
      `the context ${quote(name)} is at ${quote(operation.path)} in "paths"`,
      { help: fix, related: [{ pointer: operation.pointer, message: "the operation" }] },
    );
  }
  const listed = new Set<string>();
  for (const { value, pointer } of operations.parameters(operation)) {
    const param = own(value, "name");
    if (typeof param !== "string") continue;
    listed.add(param);
    if (context.params.has(param) || param.startsWith("_")) continue;
    verification.report(
      "E120",
      { pointer: child(pointer, "name") },
      `no function of the context ${quote(name)} has the param ${quote(param)}${verification.nearest(param, context.params.keys())}`,
      { help: fix },
    );
  }
  for (const [param, { param: entry }] of context.params) {
    if (listed.has(param)) continue;
    verification.report(
      "E120",
      operation,
      `the operation of the context ${quote(name)} lacks the param ${quote(param)}`,
      { help: fix, related: [{ pointer: entry.pointer, message: "has the param" }] },
    );
  }
}
