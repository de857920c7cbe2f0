import type { Contract } from "../registry/contract.js";
import type { Registry } from "../registry/registry.js";
import { contextEntry, entryOf } from "./entries.js";
import { fingerprintOf } from "./fingerprint.js";
import { envelopeSchemas, pathsOf } from "./operations.js";
import { protocolSchemas } from "./protocol-schemas.js";

export type OpenApiDocument = Readonly<Record<string, unknown>> & {
  readonly "x-mizan": { readonly fingerprint: string } & Readonly<Record<string, unknown>>;
};

/** Name and version of this package, as the document tells it. */
export const producer = "mizan-typescript/0.1.0";

/**
 * The OpenAPI 3.1 document of a registry in the strict form of `x-mizan-functions` (protocol 2). Functions that are `internal` are left
 * out (P7).
 *
 * @throws RegistryError
 */
export function exportDocument<Context extends string, User, Tx>(
  registry: Registry<Context, User, Tx>,
): Promise<OpenApiDocument> {
  return documentOf(registry.seal());
}

export async function documentOf(contract: Contract): Promise<OpenApiDocument> {
  const { info, base, session, limits, features } = contract;
  const functions = Object.fromEntries(
    [...contract.functions.values()].map((plan) => [plan.name, entryOf(plan)]),
  );
  const contexts = Object.fromEntries(
    [...contract.contexts.values()].map((context) => [context.name, contextEntry(context)]),
  );
  const own = Object.fromEntries(contract.components);
  const schemas = [
    ...Object.entries(own),
    ...envelopeSchemas(contract.contexts.values()),
    ...Object.entries(protocolSchemas),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    openapi: "3.1.0",
    info: { title: info.title, version: info.version },
    "x-mizan": {
      version: "1.0",
      producer,
      fingerprint: await fingerprintOf(contexts, functions, own),
      base,
      session: session === null ? null : { path: session.path },
      features,
      limits,
      contexts,
    },
    "x-mizan-functions": functions,
    paths: pathsOf(contract),
    components: {
      schemas: Object.fromEntries(schemas),
      ...(session !== null && {
        securitySchemes: { session: { type: "apiKey", in: "cookie", name: session.cookie } },
      }),
    },
  };
}

/** The bytes of the document: the same for the same registry, everywhere. */
export function printDocument(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
