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
 *
 * @param sound `paths` and its items that nothing is to be said of; more are added
 */
export function checkShape(
  root: JsonObject,
  diagnostics: Diagnostics,
  sound?: WeakSet<JsonObject>,
): void {
  const check = new ShapeCheck(diagnostics);
  for (const key of objects) check.expectObject(root, "#", key);
  for (const key of arrays) check.expectArray(root, "#", key);
  for (const key of components) {
    check.expectObject(memberAt(root, "components"), "#/components", key);
  }
  const paths = memberAt(root, "paths");
  if (!isObject(paths) || sound?.has(paths) === true) return;
  let areSound = true;
  for (const [path, item] of Object.entries(paths)) {
    if (path.startsWith("x-")) continue;
    if (isObject(item) && sound?.has(item) === true) continue;
    check.isSound = true;
    check.expectObject(paths, "#/paths", path);
    if (isObject(item)) checkPathItem(item, child("#/paths", path), check);
    if (!check.isSound) areSound = false;
    else if (isObject(item)) sound?.add(item);
  }
  if (areSound) sound?.add(paths);
}

function checkPathItem(item: JsonObject, pointer: Pointer, check: ShapeCheck): void {
  check.expectArray(item, pointer, "parameters");
  for (const method of methods) {
    const operation = memberAt(item, method);
    if (operation === undefined) continue;
    check.expectObject(item, pointer, method);
    check.expectArray(operation, child(pointer, method), "parameters");
    check.expectObject(operation, child(pointer, method), "responses");
  }
}

class ShapeCheck {
  /** Nothing was reported since it was last set. */
  isSound = true;
  readonly #diagnostics: Diagnostics;

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  expectObject(parent: JsonValue | undefined, pointer: Pointer, key: string): void {
    this.#expect(parent, pointer, key, "an object", isObject);
  }

  expectArray(parent: JsonValue | undefined, pointer: Pointer, key: string): void {
    this.#expect(parent, pointer, key, "an array", Array.isArray);
  }

  #expect(
    parent: JsonValue | undefined,
    pointer: Pointer,
    key: string,
    wanted: string,
    fits: (value: JsonValue) => boolean,
  ): void {
    const value = isObject(parent) ? memberAt(parent, key) : undefined;
    if (value === undefined || fits(value)) return;
    this.isSound = false;
    const place = child(pointer, key);
    const message = `${place.slice(2)} must be ${wanted}, this is ${kindOf(value)}`;
    this.#diagnostics.report("E015", place, message);
  }
}
