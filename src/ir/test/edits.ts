import fc from "fast-check";
import type { JsonObject } from "../../document/document.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Members = Record<string, Json>;

const kinds = [
  ...["summary", "description", "flag", "default", "required", "reference", "list", "union"],
  ...["add member", "remove member", "enum", "swap components", "copy component", "binary"],
  ...["move component", "discriminator", "extend", "add function", "remove function"],
  ...["move function", "deprecate", "optional param", "input", "output", "affects", "copy path"],
] as const;

/** What somebody writes who works on a server: a change that most often leaves a document without errors. */
export interface Edit {
  readonly kind: (typeof kinds)[number];
  readonly a: number;
  readonly b: number;
}

export const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...kinds),
  a: fc.nat(10_000),
  b: fc.nat(10_000),
});

/** The document after an edit; the one given is left as it is. */
export function edited(before: JsonObject, { kind, a, b }: Edit): JsonObject {
  const root = structuredClone(before) as Members;
  const functions = objectIn(root, "x-mizan-functions");
  const components = objectIn(objectIn(root, "components"), "schemas");
  const entries = Object.values(functions).filter(isMembers);
  const schemas = Object.values(components).filter(isMembers);
  const entry = pick(entries, a);
  const schema = pick(schemas, a);
  const holder = pick(
    schemas.filter((each) => isMembers(each["properties"])),
    a,
  );
  const properties = objectIn(holder ?? {}, "properties");
  const names = Object.keys(properties);
  const name = pick(names, b);
  const property = name === undefined ? undefined : properties[name];
  const reference = {
    $ref: `#/components/schemas/${escaped(pick(Object.keys(components), b) ?? "")}`,
  };
  switch (kind) {
    case "summary":
      if (entry !== undefined) entry["summary"] = `Take ${b}.`;
      break;
    case "description":
      if (schema !== undefined) schema["description"] = `Take ${b}.`;
      break;
    case "flag":
      if (isMembers(property)) {
        const flag = pick(["readOnly", "writeOnly", "deprecated", "nullable"], a + b) ?? "";
        if (property[flag] === true) Reflect.deleteProperty(property, flag);
        else property[flag] = true;
      }
      break;
    case "default":
      if (isMembers(property)) property["default"] = pick([null, "a", 1, true], a + b) ?? null;
      break;
    case "required":
      if (holder !== undefined && name !== undefined) {
        const required = isItems(holder["required"]) ? holder["required"] : [];
        holder["required"] = required.includes(name)
          ? required.filter((each) => each !== name)
          : [...required, name];
      }
      break;
    case "reference":
      if (name !== undefined) properties[name] = reference;
      break;
    case "list":
      if (name !== undefined) properties[name] = { type: "array", items: reference };
      break;
    case "union":
      if (name !== undefined) properties[name] = { anyOf: [reference, { type: "null" }] };
      break;
    case "add member":
      if (holder !== undefined) properties[`extra_${b}`] = pick(simple, a + b) ?? {};
      break;
    case "remove member":
      if (name !== undefined) Reflect.deleteProperty(properties, name);
      break;
    case "enum":
      if (name !== undefined) properties[name] = { type: "string", enum: ["a", `b${b % 3}`] };
      break;
    case "binary":
      if (name !== undefined) properties[name] = { type: "string", format: "binary" };
      break;
    case "swap components": {
      const [one, other] = [pick(Object.keys(components), a), pick(Object.keys(components), b)];
      if (one === undefined || other === undefined) break;
      [components[one], components[other]] = [components[other] ?? {}, components[one] ?? {}];
      break;
    }
    case "copy component":
      if (schema !== undefined) components[pick(fresh, b) ?? "Copy"] = structuredClone(schema);
      break;
    case "move component":
      moveToEnd(components, a);
      break;
    case "discriminator":
      if (schema !== undefined && isItems(schema["oneOf"])) {
        if (schema["discriminator"] === undefined)
          schema["discriminator"] = { propertyName: "kind" };
        else Reflect.deleteProperty(schema, "discriminator");
      }
      break;
    case "extend":
      if (schema !== undefined) schema["allOf"] = [reference];
      break;
    case "add function":
      if (entry !== undefined) functions[pick(freshFunctions, b) ?? "f"] = structuredClone(entry);
      break;
    case "remove function": {
      const gone = pick(Object.keys(functions), a);
      if (gone !== undefined && entries.length > 1) Reflect.deleteProperty(functions, gone);
      break;
    }
    case "move function":
      moveToEnd(functions, a);
      break;
    case "deprecate":
      if (entry !== undefined) {
        entry["deprecated"] = { replacedBy: pick(Object.keys(functions), b) ?? "f" };
      }
      break;
    case "optional param": {
      const params = entries.flatMap((each) => (isItems(each["params"]) ? each["params"] : []));
      const param = pick(params.filter(isMembers), b);
      if (param !== undefined) param["required"] = param["required"] !== true;
      break;
    }
    case "input":
    case "output":
      if (entry !== undefined && entry[kind] !== undefined) entry[kind] = reference;
      break;
    case "affects": {
      const contexts = entries.flatMap(({ context }) =>
        typeof context === "string" ? [context] : [],
      );
      const context = pick(contexts, b);
      if (entry !== undefined && context !== undefined) entry["affects"] = [{ context }];
      break;
    }
    case "copy path": {
      const paths = objectIn(root, "paths");
      const path = pick(Object.keys(paths), a);
      if (path !== undefined) paths[`/copy/${b % 5}`] = structuredClone(paths[path] ?? {});
      break;
    }
  }
  return root;
}

const simple: readonly Json[] = [
  { type: "integer" },
  { type: "string", maxLength: 10 },
  { type: "string", format: "date-time" },
  { type: "number", default: 0.1 },
  { type: "boolean", readOnly: true },
  { type: "string", format: "binary" },
  { $ref: "#/components/schemas/Copy" },
];
/** Names that fall together with others, and such that do not. */
const fresh = ["Copy", "copy", "Copy2", "CopyInput", "User-Input", "User-Output", "def-0", "Error"];
const freshFunctions = ["made", "made_input", "Made2", "copy", "is_made", "error"];

function objectIn(parent: Members, key: string): Members {
  const value = Object.hasOwn(parent, key) ? parent[key] : undefined;
  return isMembers(value) ? value : {};
}

function isMembers(value: Json | undefined): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isItems(value: Json | undefined): value is Json[] {
  return Array.isArray(value);
}

function pick<Item>(items: readonly Item[], at: number): Item | undefined {
  return items[at % Math.max(1, items.length)];
}

function moveToEnd(members: Members, at: number): void {
  const key = pick(Object.keys(members), at);
  if (key === undefined) return;
  const value = members[key] ?? null;
  Reflect.deleteProperty(members, key);
  members[key] = value;
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
}
