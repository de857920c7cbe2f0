import { fileOfPointer } from "../../diagnostics/file-of-pointer.js";
import type { Pointer } from "../../diagnostics/diagnostic.js";
import { stepsOf } from "../../document/pointer.js";
import { toTypeName } from "../names/reserved.js";

/** Keywords whose members have names that people gave. */
const containers = new Set([
  "$defs",
  "callbacks",
  "definitions",
  "dependentSchemas",
  "examples",
  "headers",
  "parameters",
  "pathItems",
  "paths",
  "patternProperties",
  "properties",
  "requestBodies",
  "schemas",
  "x-mizan-functions",
]);

/** Keywords that hold a list, and what one calls a member of it. */
const lists: ReadonlyMap<string, string> = new Map([
  ["allOf", "Part"],
  ["anyOf", "Variant"],
  ["oneOf", "Variant"],
  ["prefixItems", "Item"],
  ["items", "Item"],
]);

/** Keywords that hold one schema. */
const words: ReadonlyMap<string, string> = new Map([
  ["additionalItems", "Item"],
  ["additionalProperties", "Value"],
  ["contains", "Item"],
  ["items", "Item"],
  ["propertyNames", "Key"],
  ["requestBody", "Body"],
  ["unevaluatedProperties", "Value"],
]);

/**
 * Name of a referenced schema that is no component: `#/components/schemas/User/properties/address` -> `UserAddress`,
 * `#/paths/~1users/get/responses/200/content/application~1json/schema` -> `UsersGetResponse200`, `shared/user.yaml` -> `User`.
 * Depends on the pointer only; `root` is the name of the component that it begins with.
 */
export function pathName(pointer: Pointer, component?: { pointer: Pointer; name: string }): string {
  if (component !== undefined && pointer.startsWith(`${component.pointer}/`)) {
    const rest = pointer.slice(component.pointer.length);
    return toTypeName([component.name, ...spokenSteps(stepsOf(`#${rest}`))].join("_"));
  }
  const steps = spokenSteps(stepsOf(pointer));
  return toTypeName(steps.length > 0 ? steps.join("_") : (fileSteps(pointer).at(-1) ?? ""));
}

/** The same with the path of the file: `shared/user.yaml#/Address` -> `SharedUserAddress`, `shared/user.yaml#/User` -> `SharedUser`. */
export function wholePathName(
  pointer: Pointer,
  component?: { pointer: Pointer; name: string },
): string {
  const name = pathName(pointer, component);
  const file = fileSteps(pointer);
  const isRepeated = name.startsWith(toTypeName(file.at(-1) ?? ""));
  const folders = isRepeated ? file.slice(0, -1) : file;
  return folders.length === 0 ? name : toTypeName([...folders, name].join("_"));
}

/** The steps of the path of a file without its ending; none for the root document. */
function fileSteps(pointer: Pointer): string[] {
  const file = fileOfPointer(pointer).replace(/\.(json|ya?ml)$/i, "");
  return file === "" ? [] : file.split("/");
}

function spokenSteps(steps: readonly string[]): string[] {
  const spoken: string[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? "";
    const next = steps[index + 1];
    const listName = lists.get(step);
    if (next === undefined && !words.has(step) && !containers.has(step)) {
      if (!silent.has(step)) spoken.push(step);
    } else if (containers.has(step)) {
      if (next !== undefined) spoken.push(next);
      index++;
    } else if (step === "content") {
      index++;
    } else if (step === "responses" && next !== undefined) {
      // Of an operation by status, of the components by name.
      spoken.push(/^(\d|default$)/.test(next) ? `response${next}` : next);
      index++;
    } else if (listName !== undefined && next !== undefined && /^\d+$/.test(next)) {
      spoken.push(`${listName}${Number(next) + 1}`);
      index++;
    } else if (!silent.has(step)) {
      spoken.push(words.get(step) ?? step);
    }
  }
  return spoken;
}

/** Steps that say nothing. */
const silent = new Set(["components", "schema"]);
