import { invalid, tooLarge } from "../problem/problems.js";
import type { FieldProblem } from "../problem/mizan-problem.js";
import type { JsonObject, JsonValue } from "../json/json-value.js";
import { decodeParam, ParamFault } from "../schema/decode-param.js";
import type { Components } from "../schema/json-schema.js";
import type { ParamPlan } from "../schema/param-plan.js";
import { wireValue } from "../schema/wire-value.js";

const mostJsonBytes = 2048;

/**
 * The wire values of params given as text, defaults written out. Unknown names are ignored: they are no part of the key.
 *
 * @throws MizanProblem 422 with every param that is wrong, JsonFault
 */
export function paramsOfTexts(
  params: Iterable<ParamPlan>,
  query: ReadonlyMap<string, readonly string[]>,
  components: Components,
): JsonObject {
  return gather(params, components, (param) => {
    const texts = query.get(param.name) ?? [];
    if (param.encoding === "json" && new TextEncoder().encode(texts[0]).length > mostJsonBytes) {
      throw tooLarge(414, `"${param.name}" is longer than ${mostJsonBytes} bytes`);
    }
    return decodeParam(param, texts);
  });
}

/** The wire values of params given as JSON: null and `[]` are absence where they are in a query as well. */
export function paramsOfJson(
  params: Iterable<ParamPlan>,
  given: Readonly<Record<string, unknown>>,
  components: Components,
): JsonObject {
  return gather(params, components, (param) => {
    const value = Object.hasOwn(given, param.name)
      ? (given[param.name] as JsonValue | undefined)
      : undefined;
    const isAbsent =
      param.encoding === "plain" && (value === null || (Array.isArray(value) && !value.length));
    return isAbsent ? undefined : value;
  });
}

function gather(
  params: Iterable<ParamPlan>,
  components: Components,
  read: (param: ParamPlan) => JsonValue | undefined,
): JsonObject {
  const values: [string, JsonValue][] = [];
  const errors: FieldProblem[] = [];
  for (const param of params) {
    try {
      const value = wireValue(read(param), param.schema, components);
      if (value !== undefined) values.push([param.name, value]);
      else if (param.required) {
        errors.push({ path: [param.name], code: "missing", message: "This value is required" });
      }
    } catch (cause) {
      if (!(cause instanceof ParamFault)) throw cause;
      errors.push({ path: cause.path, code: cause.code, message: cause.message });
    }
  }
  if (errors.length > 0) throw invalid(errors);
  return Object.fromEntries(values);
}
