import type { JsonObject, JsonValue } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import type { FileField } from "../../ir/api.js";
import type { MutationContract } from "../contract/contract.js";
import type { FileValue, Part } from "../http/multipart-body.js";

/** One pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A small file that a field lets through, as far as we know its type. */
export function fileFor({ accept, path }: FileField): FileValue {
  const name = String(path[path.length - 1] ?? "file");
  const [type = "application/octet-stream"] = accept;
  if (accept.length === 0 || accept.some((each) => each === "image/png" || each === "image/*")) {
    return { name: `${name}.png`, type: "image/png", bytes: png };
  }
  if (type === "image/jpeg")
    return { name: `${name}.jpg`, type, bytes: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) };
  return { name: `${name}.bin`, type: type.replace("*", "plain"), bytes: Buffer.from("mizan") };
}

/**
 * The parts of a multipart call (protocol 3.10). A file of the input is written `{"$file": {"name", "type", "base64"}}`; where the
 * input has none, a small one is made up.
 */
export function partsOf(mutation: MutationContract, input: JsonObject): Part[] {
  let payload: JsonObject = input;
  const files = mutation.files.flatMap((field): Part[] => {
    const given = valueAt(input, field.path);
    const list = field.multiple
      ? Array.isArray(given)
        ? (given as JsonValue[])
        : [null]
      : [given ?? null];
    payload = withValue(payload, field.path, field.multiple ? list.map(() => null) : null);
    return list.map((value, index) => ({
      name: [...field.path, ...(field.multiple ? [index] : [])].join("."),
      value: suppliedFile(value) ?? fileFor(field),
    }));
  });
  return [{ name: "payload", value: JSON.stringify(payload) }, ...files];
}

function suppliedFile(value: JsonValue): FileValue | undefined {
  const file = isObject(value) ? value["$file"] : undefined;
  if (file === undefined || !isObject(file)) return undefined;
  const text = (name: string, otherwise: string): string => {
    const found = file[name];
    return typeof found === "string" ? found : otherwise;
  };
  return {
    name: text("name", "file"),
    type: text("type", "application/octet-stream"),
    bytes: Buffer.from(text("base64", ""), "base64"),
  };
}

export function valueAt(
  value: JsonValue | undefined,
  path: readonly (string | number)[],
): JsonValue | undefined {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Object.hasOwn(at, step)
      ? (at as Readonly<Record<string | number, JsonValue>>)[step]
      : undefined;
  }
  return at;
}

function withValue(
  object: JsonObject,
  path: readonly (string | number)[],
  value: JsonValue,
): JsonObject {
  const [step = "", ...rest] = path;
  if (rest.length === 0) return { ...object, [step]: value };
  const inner = object[step];
  return {
    ...object,
    [step]: withValue(inner !== undefined && isObject(inner) ? inner : {}, rest, value),
  };
}
