import type { Pointer } from "../diagnostics/diagnostic.js";
import type { Diagnostics } from "../diagnostics/diagnostics.js";
import { kindOf } from "./check-version.js";
import type { JsonObject, JsonValue } from "./document.js";
import { child } from "./pointer.js";
import { isObject, memberAt } from "./value-at.js";

const objects = ["info", "paths", "components", "webhooks"];
const arrays = ["servers", "tags", "security"];
const components = [
  "callbacks",
  "examples",
  "headers",
  "links",
  "parameters",
  "pathItems",
  "requestBodies",
  "responses",
  "schemas",
  "securitySchemes",
];
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/**
 * Reports (E015) where a container that everybody takes for granted is none: what stands in it would be lost silently. The rest of
 * the specification is not checked; who reads a part says what is wrong with it.
 */
export function checkShape(root: JsonObject, diagnostics: Diagnostics): void {
  const expectObject = (parent: JsonValue | undefined, pointer: Pointer, key: string): void => {
    expect(parent, pointer, key, "an object", isObject, diagnostics);
  };
  const expectArray = (parent: JsonValue | undefined, pointer: Pointer, key: string): void => {
    expect(parent, pointer, key, "an array", Array.isArray, diagnostics);
  };
  for (const key of objects) expectObject(root, "#", key);
  for (const key of arrays) expectArray(root, "#", key);
  for (const key of components) expectObject(memberAt(root, "components"), "#/components", key);
  const paths = memberAt(root, "paths");
  for (const path of isObject(paths) ? Object.keys(paths) : []) {
    if (path.startsWith("x-")) continue;
    expectObject(paths, "#/paths", path);
    const item = paths === undefined ? undefined : memberAt(paths, path);
    const pointer = child("#/paths", path);
    expectArray(item, pointer, "parameters");
    for (const method of methods) {
      expectObject(item, pointer, method);
      const operation = isObject(item) ? memberAt(item, method) : undefined;
      expectArray(operation, child(pointer, method), "parameters");
      expectObject(operation, child(pointer, method), "responses");
    }
  }
}

function expect(
  parent: JsonValue | undefined,
  pointer: Pointer,
  key: string,
  wanted: string,
  fits: (value: JsonValue) => boolean,
  diagnostics: Diagnostics,
): void {
  const value = isObject(parent) ? memberAt(parent, key) : undefined;
  if (value === undefined || fits(value)) return;
  const place = child(pointer, key);
  diagnostics.report(
    "E015",
    place,
    `${place.slice(2)} must be ${wanted}, this is ${kindOf(value)}`,
  );
}
