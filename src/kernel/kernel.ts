import { dehydrate } from "./dehydrate.js";
import type { Contract } from "./descriptor.js";
import { inspect } from "./inspect.js";
import type { ContextMap, Mizan, MizanOptions, MutationMap } from "./mizan.js";
import { startKernel } from "./start.js";

/**
 * An instance: one for a browser app, one for each request on a server, one for each test.
 *
 * @example
 * const mizan = createKernel<MizanContexts, MizanMutations>(contract, { baseUrl: "/api" });
 */
export function createKernel<
  Contexts extends ContextMap = object,
  Mutations extends MutationMap = object,
>(contract: Contract, options: MizanOptions = {}): Mizan<Contexts, Mutations> {
  const kernel = startKernel(contract, options);
  return Object.assign(kernel, {
    dehydrate: () => dehydrate(kernel),
    inspect: () => inspect(kernel),
  }) as Mizan<Contexts, Mutations>;
}
