import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { JsonObject, JsonValue } from "../document/document.js";
import { parent } from "../document/pointer.js";
import { buildApi } from "./build-api.js";
import { inspectApi } from "./inspect.js";
import { defaultApiOptions } from "./options.js";
import { isList, isObject } from "./shape/schema-at.js";
import { fixture, tryOpenDocument } from "./test/open-document.js";

const runs = Number(process.env["MIZAN_FUZZ_RUNS"] ?? 300);

type Change = "delete" | "replace" | "duplicate" | "rename" | "move";

interface Wound {
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
const wound: fc.Arbitrary<Wound> = fc.record({
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

function wounded(root: JsonValue, { at, change, value, name, from }: Wound): JsonValue {
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

describe("random mutations of valid documents", () => {
  it.each([
    "bookshop.json",
    "legacy-list-camel.json",
    "legacy-path-snake.json",
    "legacy.normalised.json",
  ])(
    "of %s give an Api, or errors with a place; never an exception",
    async (name) => {
      const original: JsonObject = fixture(name);
      const seen = { built: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 5 }), async (wounds) => {
          const value = wounds.reduce(wounded, original as JsonValue);
          const read = new Diagnostics();
          const document = await tryOpenDocument(value, read);
          if (document === null) return;
          const diagnostics = new Diagnostics();
          const api = buildApi(document, defaultApiOptions, diagnostics);
          if (api === null) {
            seen.refused++;
            const errors = diagnostics.all.filter(({ severity }) => severity === "error");
            expect(errors.length).toBeGreaterThan(0);
          } else {
            seen.built++;
            expect(diagnostics.hasErrors).toBe(false);
            const text = JSON.stringify(inspectApi(api));
            expect(JSON.parse(text)).toEqual(inspectApi(api));
          }
          for (const { pointer, related = [] } of diagnostics.all) {
            for (const place of [pointer, ...related.map((each) => each.pointer)]) {
              const exists =
                place !== undefined &&
                (document.valueAt(place) !== undefined ||
                  document.valueAt(parent(place)) !== undefined);
              expect(exists, place).toBe(true);
            }
          }
        }),
        { numRuns: runs },
      );
      // Both outcomes were seen, or the test says nothing.
      expect(Math.min(seen.built, seen.refused)).toBeGreaterThan(runs / 20);
    },
    120_000,
  );
});
