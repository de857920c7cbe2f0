import type { JsonValue } from "../json/json-value.js";
import type { MizanProblem } from "./mizan-problem.js";

/** The members of a problem document (protocol 3.6). */
export function problemBody({ status, code, details }: MizanProblem): Record<string, JsonValue> {
  const { title, detail, instance, data, errors, members } = details;
  const body: Record<string, JsonValue | undefined> = {
    type: `urn:mizan:problem:${code}`,
    title: title ?? titleOf(code),
    status,
    code,
    detail,
    instance,
    data,
    errors: errors?.map(({ path, code: each, message }) => ({ path, code: each, message })),
    ...members,
  };
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** `out_of_stock` as `Out of stock`. */
function titleOf(code: string): string {
  const text = code.replaceAll("_", " ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
