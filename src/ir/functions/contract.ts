import type { Contract } from "../api.js";
import type { NormalForm } from "../normalise/normal-form.js";
import type { ApiOptions } from "../options.js";
import type { Addresses } from "./addresses.js";

/** What the runtime must know of the producer. `basePath` replaces the base; addresses stay relative to it. */
export function contractOf(
  { meta }: NormalForm,
  addresses: Addresses,
  { basePath }: Pick<ApiOptions, "basePath">,
): Contract {
  return {
    version: meta.version?.value ?? "1.0",
    ...(meta.producer === undefined ? {} : { producer: meta.producer.value }),
    ...(meta.fingerprint === undefined ? {} : { fingerprint: meta.fingerprint.value }),
    base: basePath === undefined ? addresses.base : withSlashes(basePath),
    sessionPath: addresses.ofSession(),
    features: [...new Set((meta.features ?? []).map(({ value }) => value))],
    limits: Object.fromEntries(
      [...(meta.limits ?? [])]
        .map(([name, { value }]) => [name, value] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** Origin-relative, starting and ending with one slash. */
function withSlashes(path: string): string {
  const inner = path.replace(/^\/+/, "").replace(/\/+$/, "");
  return inner === "" ? "/" : `/${inner}/`;
}
