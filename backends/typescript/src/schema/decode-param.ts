import { JsonFault } from "../json/json-fault.js";
import { parseJson } from "../json/parse-json.js";
import type { JsonValue } from "../json/json-value.js";
import type { ParamPlan, Scalar } from "./param-plan.js";

/** A text that is no value of its param: the caller's mistake in one field. */
export class ParamFault extends Error {
  override readonly name = "ParamFault";

  readonly path: readonly (string | number)[];
  readonly code: string;

  constructor(path: readonly (string | number)[], code: string, message: string) {
    super(message);
    this.path = path;
    this.code = code;
  }
}

const truths = new Set(["true", "t", "1", "on", "yes", "y"]);
const lies = new Set(["false", "f", "0", "off", "no", "n"]);

/**
 * The value that texts of a query stand for. Liberal in spelling, as other servers are (`01`, `+1`, `1.0`, `True`, `yes`): keys are made
 * from the value, never from the text.
 *
 * @param texts as given in the query, in order; empty when the name is absent
 * @returns undefined for an absent param
 * @throws JsonFault for a repeated scalar and for what no value can be, ParamFault for a value of another type
 */
export function decodeParam(plan: ParamPlan, texts: readonly string[]): JsonValue | undefined {
  const [first] = texts;
  if (first === undefined) return undefined;
  if (texts.length > 1 && !plan.isArray) throw new JsonFault(`"${plan.name}" more than once`);
  if (plan.encoding === "json") return decodeJson(plan.name, first);
  const scalar = plan.scalar ?? "string";
  return plan.isArray
    ? texts.map((text, index) => decodeScalar(text, scalar, [plan.name, index]))
    : decodeScalar(first, scalar, [plan.name]);
}

function decodeJson(name: string, text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (cause) {
    if (cause instanceof JsonFault && cause.message === "text that is not JSON") {
      throw new ParamFault([name], "json_invalid", "Expected JSON");
    }
    throw cause;
  }
}

function decodeScalar(text: string, scalar: Scalar, path: readonly (string | number)[]): JsonValue {
  switch (scalar) {
    case "string":
      return text;
    case "boolean": {
      const spelling = text.toLowerCase();
      if (truths.has(spelling)) return true;
      if (lies.has(spelling)) return false;
      throw new ParamFault(path, "boolean", "Expected true or false");
    }
    case "integer": {
      if (!/^[+-]?\d+(\.0+)?$/.test(text)) {
        throw notANumber(text, path, "integer", "Expected a whole number");
      }
      const value = Number(text);
      if (!Number.isSafeInteger(value)) throw new JsonFault("an integer beyond 2^53-1");
      return value + 0;
    }
    case "number": {
      if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
        throw notANumber(text, path, "number", "Expected a number");
      }
      const value = Number(text);
      if (!Number.isFinite(value)) throw new JsonFault("a number that is too large");
      return value + 0;
    }
  }
}

/** NaN and the infinities are numbers to other languages, and crash their JSON: nobody may send them. */
function notANumber(
  text: string,
  path: readonly (string | number)[],
  code: string,
  message: string,
): Error {
  return /^[+-]?(nan|inf|infinity)$/i.test(text)
    ? new JsonFault("a number that is not finite")
    : new ParamFault(path, code, message);
}
