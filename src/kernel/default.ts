import type { Contract } from "./descriptor.js";
import type { Kernel, MizanOptions } from "./mizan.js";
import { startKernel } from "./start.js";

/** The instances that plain functions use, one for each contract of the page. */
const instances = new Map<string, Kernel>();

/**
 * The default instance of a browser app, made with the contract's own settings when nobody configured it.
 *
 * @throws Error on a server, where it would be shared by all requests
 */
export function defaultKernel(contract: Contract): Kernel {
  const known = instances.get(contract.base);
  return known ?? configureDefault(contract, {});
}

/** Makes the default instance, in place of the one there was. */
export function configureDefault(contract: Contract, options: MizanOptions): Kernel {
  const server = options.server ?? !("document" in globalThis);
  if (server) {
    throw new Error(
      "Mizan: no default instance on a server. Make one for each request with createMizan(), and pass it on as { mizan }.",
    );
  }
  instances.get(contract.base)?.destroy();
  const mizan = startKernel(contract, options);
  instances.set(contract.base, mizan);
  return mizan;
}
