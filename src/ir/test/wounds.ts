import fc from "fast-check";
import type { JsonValue } from "../../document/document.js";
import { isList, isObject } from "../shape/schema-at.js";

type Change = "delete" | "replace" | "duplicate" | "rename" | "move";

export interface Wound {
  readonly at: number;
  readonly change: Change;
  readonly value: JsonValue;
  readonly name: string;
  readonly from: number;
}

const names = fc.constantFrom(
  ...["", "__proto__", "constructor", "toString", "then", "a/b~c", "x y", "\u2028", "User", "user"],
  ...["user_profile", "$ref", "nullable", "allOf", "params", "0", "énorm é", "\ud800", "*", "../x"],
);
const values: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    ...[null, true, false, 0, -1, 1e308, "", "user", "*", "#", "#/", "User", [], {}, [[]], [{}]],
    ...[{ $ref: "#/components/schemas/User" }, { $ref: "#/components/schemas/Nothing" }],
    ...[{ $ref: 3 }, { anyOf: [] }, { allOf: [{ $ref: "#/components/schemas/Order" }] }, ["user"]],
    ...[{ context: "user" }, { from: "input", path: ["user_id"] }, { type: "array", items: {} }],
  ),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
  names,
);
/** A change of a document at a random place; {@link wounded} makes it. */
export const wound: fc.Arbitrary<Wound> = fc.record({
  at: fc.nat(),
  change: fc.constantFrom<Change>("delete", "replace", "duplicate", "rename", "move"),
  value: values,
  name: names,
  from: fc.nat(),
});

type Path = readonly (string | number)[];

/** The paths of all values of a document but its root, those of the extensions more than once: they matter most here. */
function pathsOf(root: JsonValue): Path[] {
  const paths: Path[] = [];
  const visit = (value: JsonValue, path: Path): void => {
    if (path.length > 0) paths.push(path);
    if (String(path[0]).startsWith("x")) paths.push(path, path, path);
    const inner = isList(value)
      ? [...value.entries()]
      : isObject(value)
        ? Object.entries(value)
        : [];
    for (const [key, each] of inner) visit(each, [...path, key]);
  };
  visit(root, []);
  return paths;
}

function valueAt(root: JsonValue, path: Path): JsonValue {
  let value: JsonValue | undefined = root;
  for (const step of path) {
    if (isList(value)) value = value[Number(step)];
    else if (isObject(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value ?? null;
}

/** The document with the value at a path changed; `change` gets the members or items around it and the step into them. */
function changed(
  root: JsonValue,
  path: Path,
  change: (entries: [string, JsonValue][], key: string) => [string, JsonValue][],
): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined || (!isList(root) && !isObject(root))) return root;
  const entries: [string, JsonValue][] = Object.entries(root);
  const next: [string, JsonValue][] =
    rest.length === 0
      ? change(entries, String(step))
      : entries.map(([key, value]) => [
          key,
          key === String(step) ? changed(value, rest, change) : value,
        ]);
  return isList(root) ? next.map(([, value]) => value) : Object.fromEntries(next);
}

/** The document with one change: a value deleted, replaced, renamed, doubled under another name, or put where another was. */
export function wounded(root: JsonValue, { at, change, value, name, from }: Wound): JsonValue {
  const paths = pathsOf(root);
  const path = paths[at % Math.max(1, paths.length)];
  const other = paths[from % Math.max(1, paths.length)];
  if (path === undefined || other === undefined) return root;
  return changed(root, path, (entries, key) => {
    switch (change) {
      case "delete":
        return entries.filter(([each]) => each !== key);
      case "replace":
        return entries.map(([each, old]) => [each, each === key ? value : old]);
      case "rename":
        return entries.map(([each, old]) => [each === key ? name : each, old]);
      case "duplicate":
        return entries.flatMap(([each, old]): [string, JsonValue][] =>
          each === key
            ? [
                [each, old],
                [name, old],
              ]
            : [[each, old]],
        );
      case "move":
        return entries.map(([each, old]) => [each, each === key ? valueAt(root, other) : old]);
    }
  });
}
