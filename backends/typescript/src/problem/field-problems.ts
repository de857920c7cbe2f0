import { isObject } from "../json/json-value.js";
import type { Components, JsonSchema } from "../schema/json-schema.js";
import { schemaAt } from "../schema/json-schema.js";
import type { Issue } from "../schema/standard-schema.js";
import type { FieldProblem } from "./mizan-problem.js";

/**
 * The issues of a validator as problems of fields. Where a value is a secret, nothing of it is told.
 *
 * @param schema of the validated arguments
 * @param secrets paths of further fields that are declared sensitive
 */
export function fieldProblems(
  issues: readonly Issue[],
  schema: JsonSchema,
  components: Components,
  secrets: readonly (readonly string[])[] = [],
): FieldProblem[] {
  return issues.map((issue) => {
    const path = (issue.path ?? []).map((step) => {
      const key = typeof step === "object" ? step.key : step;
      return typeof key === "number" ? key : String(key);
    });
    const isSecret =
      secrets.some((secret) => secret.join(".") === path.join(".")) ||
      schemaAt(schema, path, components)?.["format"] === "password";
    return { path, code: codeOf(issue), message: isSecret ? "Invalid value" : issue.message };
  });
}

/** zod and arktype name the rule `code`, valibot `type`. */
function codeOf(issue: Issue): string {
  const named: unknown = issue;
  if (!isObject(named)) return "invalid";
  const code = named["code"] ?? named["type"];
  return typeof code === "string" && /^[A-Za-z][\w.]*$/.test(code) ? code : "invalid";
}
