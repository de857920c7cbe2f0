import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { annotation } from "./annotation.js";
import { isJsonArray, isJsonObject } from "./nodes.js";

/** What a quick look at all components tells, before any of them is mapped. */
export interface Survey {
  /** Keys of the components whose IN and OUT types may differ, by themselves or by what they refer to; in document order. */
  readonly directed: readonly string[];
  /** Schemas inside the document, but no components, that references in components lead to; in document order of the references. */
  readonly inner: readonly Pointer[];
}

interface Step {
  readonly value: JsonValue;
  readonly key: string;
  readonly parent: Step | null;
}

/** Keywords whose values are data, not schemas. */
const data = new Set(["const", "default", "enum", "example", "examples", "required"]);

/** Keywords whose members have names of their own, also such as `default`. */
const named = new Set(["$defs", "definitions", "patternProperties", "properties"]);

const componentReference = /^#\/components\/schemas\/([^/]+)$/;

/** One pass over the raw components, without recursion. Names depend on it, so it looks at the components only, never at functions. */
export function surveyComponents(document: Document, schemas: JsonObject): Survey {
  const keys = Object.keys(schemas);
  const users = new Map<string, string[]>();
  const directed = new Set<string>();
  const unusual: { readonly reference: string; readonly step: Step }[] = [];
  for (const key of keys) {
    const stack: Step[] = [{ value: schemas[key] ?? null, key, parent: null }];
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      const { value } = step;
      if (isJsonArray(value)) {
        for (let index = value.length - 1; index >= 0; index--) {
          stack.push({ value: value[index] ?? null, key: String(index), parent: step });
        }
      } else if (isJsonObject(value)) {
        if (!directed.has(key) && hasDirection(value)) directed.add(key);
        const reference = value["$ref"];
        if (typeof reference === "string") {
          const target = componentOf(reference);
          if (target === null) unusual.push({ reference, step });
          else addTo(users, target, key);
        }
        const names = Object.keys(value);
        const isSchema = !named.has(step.key);
        for (let index = names.length - 1; index >= 0; index--) {
          const name = names[index] ?? "";
          const member = value[name];
          if (typeof member !== "object" || member === null || (isSchema && data.has(name)))
            continue;
          stack.push({ value: member, key: name, parent: step });
        }
      }
    }
  }
  const inner = innerTargets(document, unusual);
  for (const { pointer, user } of inner) {
    if (!pointer.startsWith("#/components/schemas/")) continue;
    const target = componentOf(pointer.split("/").slice(0, 4).join("/"));
    if (target !== null && target !== user) addTo(users, target, user);
  }
  // Who refers to a directed schema is directed.
  const queue = [...directed];
  for (const key of queue) {
    for (const user of users.get(key) ?? []) {
      if (directed.has(user)) continue;
      directed.add(user);
      queue.push(user);
    }
  }
  return {
    directed: keys.filter((key) => directed.has(key)),
    inner: [...new Set(inner.map(({ pointer }) => pointer))],
  };
}

/** Whether a member of the object travels one way only, is absent one way only, or is a file in one place and text in another. */
function hasDirection(schema: JsonObject): boolean {
  const { properties, required } = schema;
  if (schema["format"] === "binary" || typeof schema["contentMediaType"] === "string") return true;
  if (!isJsonObject(properties)) return false;
  return Object.entries(properties).some(([name, property]) => {
    if (annotation(property, "readOnly") === true) return true;
    if (annotation(property, "writeOnly") === true) return true;
    const value = annotation(property, "default");
    if (value === undefined) return false;
    return value === null || !isJsonArray(required) || !required.includes(name);
  });
}

/** The key of the component that a reference is to, whole; null for any other reference. */
function componentOf(reference: string): string | null {
  const step = componentReference.exec(reference)?.[1];
  if (step === undefined) return null;
  try {
    return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return null;
  }
}

function innerTargets(
  document: Document,
  references: readonly { readonly reference: string; readonly step: Step }[],
): { readonly pointer: Pointer; readonly user: string }[] {
  return references.flatMap(({ reference, step }) => {
    const steps: string[] = [];
    for (let at: Step | null = step; at !== null; at = at.parent) steps.push(at.key);
    const from = steps.reduceRight<Pointer>(
      (pointer, key) => child(pointer, key),
      "#/components/schemas",
    );
    const target = document.resolve(reference, from);
    if (!target.found || componentReference.test(target.pointer)) return [];
    return [{ pointer: target.pointer, user: steps.at(-1) ?? "" }];
  });
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
