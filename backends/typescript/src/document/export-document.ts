import type { Contract } from "../registry/contract.js";
import type { Registry } from "../registry/registry.js";
import { contextEntry, entryOf } from "./entries.js";
import { fingerprintOf } from "./fingerprint.js";
import { envelopeSchemas, pathsOf } from "./operations.js";
import { protocolSchemas } from "./protocol-schemas.js";
import { publicContract, reachedComponents } from "./public-contract.js";

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

export async function documentOf(sealed: Contract): Promise<OpenApiDocument> {
  const contract = publicContract(sealed);
  const { info, base, session, limits, features } = contract;
  const functions = Object.fromEntries(
    [...contract.functions.values()].map((plan) => [plan.name, entryOf(plan)]),
  );
  const contexts = Object.fromEntries(
    [...contract.contexts.values()].map((context) => [context.name, contextEntry(context)]),
  );
  const paths = pathsOf(contract);
  const envelopes = Object.fromEntries(envelopeSchemas(contract.contexts.values()));
  const all = { ...Object.fromEntries(contract.components), ...envelopes, ...protocolSchemas };
  const schemas = Object.entries(reachedComponents([functions, paths], all)).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return {
    openapi: "3.1.0",
    info: { title: info.title, version: info.version },
    "x-mizan": {
      version: "1.0",
      producer,
      fingerprint: await fingerprintOf(contexts, functions, all),
      base,
      session: session === null ? null : { path: session.path },
      features,
      limits,
      contexts,
    },
    "x-mizan-functions": functions,
    paths,
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
