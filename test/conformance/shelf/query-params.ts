import { Problem } from "./answer.js";
import { parseJson } from "./read-body.js";

interface Declared {
  readonly name: string;
  readonly required: boolean;
  readonly encoding: string;
  readonly schema: { readonly type?: string; readonly default?: unknown };
}

/** Params of a query as typed values, defaults written out. Whether they fit their schemas is asked afterwards. */
export function queryParams(query: string, declared: readonly Declared[]): Record<string, unknown> {
  const texts = new Map<string, string[]>();
  for (const pair of query.split("&").filter((each) => each !== "")) {
    const equals = pair.indexOf("=");
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    texts.set(name, [...(texts.get(name) ?? []), decode(equals < 0 ? "" : pair.slice(equals + 1))]);
  }
  const params: Record<string, unknown> = {};
  for (const { name, required, encoding, schema } of declared) {
    const given = texts.get(name) ?? [];
    const [text] = given;
    if (schema.type !== "array" && given.length > 1) throw new Problem(400, "malformed");
    if (given.length > 100) throw new Problem(413, "too_large");
    if (text === undefined) {
      if (required) throw invalid(name, "missing");
      params[name] = schema.default;
    } else if (encoding === "json") {
      if (text.length > 2048) throw new Problem(413, "too_large");
      params[name] = parseJson(Buffer.from(text));
    } else params[name] = schema.type === "array" ? given : scalar(name, text, schema.type);
  }
  return params;
}

export const invalid = (name: string, code: string): Problem =>
  new Problem(422, "validation", { errors: [{ path: [name], code, message: "It does not fit." }] });

function scalar(name: string, text: string, type: string | undefined): unknown {
  if (type === "integer") {
    const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
    if (!Number.isSafeInteger(value)) throw invalid(name, "integer");
    return value;
  }
  if (type === "boolean") {
    if (!/^(true|false|1|0)$/.test(text)) throw invalid(name, "boolean");
    return text === "true" || text === "1";
  }
  return text;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new Problem(400, "malformed");
  }
}
