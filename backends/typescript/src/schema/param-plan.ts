import type { Encoding } from "../canonical/canonical-query.js";
import { isObject } from "../json/json-value.js";
import { resolve, withoutNull, type Components, type JsonSchema } from "./json-schema.js";

/** How one param travels (protocol 3.2). */
export interface ParamPlan {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly encoding: Encoding;
  /** `plain` only: repeated keys. */
  readonly isArray: boolean;
  /** `plain` only: how one text is read. */
  readonly scalar: Scalar | null;
}

export type Scalar = "string" | "integer" | "number" | "boolean";

/** Plans a param by its schema: `plain` where text says all, and absence is unambiguous; `json` for everything else. */
export function planParam(
  name: string,
  schema: JsonSchema,
  required: boolean,
  components: Components,
): ParamPlan {
  const { schema: inner, nullable } = withoutNull(resolve(schema, components));
  const core = resolve(inner, components);
  const preset = schema["default"];
  const json: ParamPlan = {
    name,
    required,
    schema,
    encoding: "json",
    isArray: false,
    scalar: null,
  };
  if (core["type"] === "array" && isObject(core["items"])) {
    const items = scalarOf(resolve(core["items"], components));
    const isEmptyList = Array.isArray(preset) && preset.length === 0;
    const atLeastOne = typeof core["minItems"] === "number" && core["minItems"] >= 1;
    const unambiguous = isEmptyList || preset === null || (atLeastOne && !nullable);
    if (items === null || !unambiguous) return json;
    return { ...json, encoding: "plain", isArray: true, scalar: items };
  }
  const scalar = scalarOf(core);
  if (scalar === null || (nullable && preset !== null)) return json;
  return { ...json, encoding: "plain", scalar };
}

function scalarOf(schema: JsonSchema): Scalar | null {
  const { type } = schema;
  if (type === "string" || type === "integer" || type === "number" || type === "boolean") {
    return type;
  }
  const values = "const" in schema ? [schema["const"]] : schema["enum"];
  if (!Array.isArray(values) || values.length === 0) return null;
  if (values.every((value) => typeof value === "string")) return "string";
  if (values.every((value) => Number.isSafeInteger(value))) return "integer";
  return null;
}
