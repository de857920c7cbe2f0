import { fileOfPointer } from "../../diagnostics/file-of-pointer.js";
import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { annotation } from "./annotation.js";
import { componentsPointer, isComponentPointer } from "./component-pointer.js";
import type { Steps } from "../steps/steps.js";
import { isJsonArray, isJsonObject } from "./nodes.js";

/** What a quick look at all components tells, before any of them is mapped. */
export interface Survey {
  /** Components whose IN and OUT types may differ, by themselves or by what they refer to; in document order. */
  readonly directed: readonly Pointer[];
  /**
   * Schemas that references lead to from components, or from other schemas of this list, and that are no components; those that
   * components refer to first, each in document order of the references.
   */
  readonly inner: readonly Pointer[];
  /** Those of them whose IN and OUT types may differ. */
  readonly directedInner: readonly Pointer[];
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
export function surveyComponents(steps: Steps, schemas: JsonObject): Survey {
  const { document } = steps;
  const keys = Object.keys(schemas);
  const places = keys.map((key) => child(componentsPointer, key));
  const looks = steps.each(
    "look",
    Object.values(schemas).entries(),
    ([index]) => places[index] ?? "",
    ([, schema], add) => add(schema),
    ([index, schema]) => lookInto(document, places[index] ?? "", schema),
  );
  const lookAt = (place: Pointer): Look => {
    const schema = document.valueAt(place) ?? null;
    return steps.run("look", place, [schema], () => lookInto(document, place, schema));
  };
  // Where all references are to components, looks are all that it depends on.
  return looks.some(({ inner }) => inner.length > 0)
    ? conclude(places, looks, lookAt)
    : steps.closed("looks", [...keys, ...looks], () => conclude(places, looks, lookAt));
}

/** @param lookAt looks into a schema that is no component */
function conclude(
  places: readonly Pointer[],
  looks: readonly Look[],
  lookAt: (place: Pointer) => Look,
): Survey {
  const users = new Map<Pointer, Pointer[]>();
  const directed = new Set<Pointer>();
  const inner = new Set<Pointer>();
  const visit = (place: Pointer, look: Look): void => {
    if (look.isDirected) directed.add(place);
    for (const target of look.components) addTo(users, target, place);
    for (const target of look.inner) inner.add(target);
  };
  for (const [index, look] of looks.entries()) visit(places[index] ?? "", look);
  // The set grows while it is walked: files refer to files.
  for (const place of inner) visit(place, lookAt(place));
  // Who refers to a directed schema is directed.
  for (const place of directed) {
    for (const user of users.get(place) ?? []) directed.add(user);
  }
  return {
    directed: places.filter((place) => directed.has(place)),
    inner: [...inner],
    directedInner: [...inner].filter((place) => directed.has(place)),
  };
}

/** What a schema tells by itself. */
interface Look {
  /** Whether a member travels one way only. */
  readonly isDirected: boolean;
  /** Where its references lead, and the components around those places. */
  readonly components: readonly Pointer[];
  /** Those of the places that are no components. */
  readonly inner: readonly Pointer[];
}

function lookInto(document: Document, place: Pointer, schema: JsonValue): Look {
  let isDirected = false;
  const components: Pointer[] = [];
  const inner: Pointer[] = [];
  for (const step of stepsInto(schema, () => (isDirected = true))) {
    const target = targetOf(document, place, step);
    if (target === null) continue;
    components.push(target);
    if (isComponentPointer(target)) continue;
    inner.push(target);
    const enclosing = target.split("/").slice(0, 4).join("/");
    if (isComponentPointer(enclosing) && enclosing !== place) components.push(enclosing);
  }
  return { isDirected, components, inner };
}

/** The objects inside of a schema that have a `$ref`, in document order; tells of each whether its members travel one way only. */
function* stepsInto(schema: JsonValue, onDirected: () => void): Generator<Step> {
  const stack: Step[] = [{ value: schema, key: "", parent: null }];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { value } = step;
    if (isJsonArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) {
        stack.push({ value: value[index] ?? null, key: String(index), parent: step });
      }
    } else if (isJsonObject(value)) {
      if (hasDirection(value)) onDirected();
      if (typeof value["$ref"] === "string") yield step;
      const names = Object.keys(value);
      const isSchema = step.parent === null || !named.has(step.key);
      for (let index = names.length - 1; index >= 0; index--) {
        const name = names[index] ?? "";
        const member = value[name];
        if (typeof member !== "object" || member === null || (isSchema && data.has(name))) continue;
        stack.push({ value: member, key: name, parent: step });
      }
    }
  }
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

/** Where the reference of a step leads; null when that is nothing. */
function targetOf(document: Document, place: Pointer, step: Step): Pointer | null {
  const reference = isJsonObject(step.value) ? step.value["$ref"] : undefined;
  if (typeof reference !== "string") return null;
  if (fileOfPointer(place) === "") {
    const component = componentOf(reference);
    if (component !== null) return component;
  }
  const steps: string[] = [];
  for (let at: Step = step; at.parent !== null; at = at.parent) steps.push(at.key);
  const from = steps.reduceRight<Pointer>((pointer, key) => child(pointer, key), place);
  const target = document.resolve(reference, from);
  return target.found ? target.pointer : null;
}

/** The component that a reference of the root document is to, whole; null for any other reference. */
function componentOf(reference: string): Pointer | null {
  const step = componentReference.exec(reference)?.[1];
  if (step === undefined) return null;
  try {
    const pointer = `${componentsPointer}/${decodeURIComponent(step)}`;
    return isComponentPointer(pointer) ? pointer : null;
  } catch {
    return null;
  }
}

function addTo(lists: Map<Pointer, Pointer[]>, key: Pointer, value: Pointer): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
