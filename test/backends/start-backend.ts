import { startBackend as start, type Backend } from "../../scripts/start-backend.mjs";

export type { Backend };

/**
 * Starts the bookshop of a backend, on a free port unless told otherwise, with its endpoints for tests, and waits until it listens.
 *
 * @throws Error with what the backend printed, or that Python is missing and how to leave its tests out
 */
export async function startBackend(
  name: string,
  options: { readonly port?: number } = {},
): Promise<Backend> {
  try {
    return await start(name, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = "To leave the tests of the Python backends out: npm test -- --without-python";
    throw new Error(name === "typescript" ? reason : `${reason}\n${hint}`, { cause: error });
  }
}
