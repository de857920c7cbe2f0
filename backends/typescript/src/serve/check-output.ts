import type { StandardSchema } from "../schema/standard-schema.js";

/**
 * What a function answered, as its validator lets it through: members that the contract does not name do not leave the server.
 *
 * @throws Error for the log, when the answer breaks the contract
 */
export async function checkOutput(
  name: string,
  validator: StandardSchema,
  value: unknown,
): Promise<unknown> {
  const result = await validator["~standard"].validate(value);
  if (result.issues === undefined) return result.value;
  const issues = result.issues.map(({ message, path = [] }) => {
    const steps = path.map((step) => String(typeof step === "object" ? step.key : step));
    return `${steps.join(".") || "the answer"}: ${message}`;
  });
  throw new Error(`"${name}" answered with something else than its output: ${issues.join("; ")}`);
}
