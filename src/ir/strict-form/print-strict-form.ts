import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type { ContextEntry, NormalForm } from "../normalise/normal-form.js";
import type { Verified } from "../verify/verify-contract.js";
import { printEntry } from "./strict-entry.js";
import {
  cacheOf,
  deprecationOf,
  fromEntries,
  SchemaPrinter,
  sessionOf,
  texts,
  toObject,
} from "./strict-parts.js";

/** The extensions as docs/protocol/x-mizan-functions.schema.json asks for them. */
export interface StrictForm {
  readonly "x-mizan": JsonObject;
  readonly "x-mizan-functions": JsonObject;
}

/** Prints the normal form: what was declared as it was declared, what was left open as it was found out. */
export function printStrictForm(
  document: Document,
  normal: NormalForm,
  contexts: ReadonlyMap<string, ContextGroup>,
  { targets }: Verified,
): StrictForm {
  const schemas = new SchemaPrinter(document.openapi);
  return {
    "x-mizan": printMeta(schemas, normal, contexts),
    "x-mizan-functions": fromEntries(
      normal.functions.map((entry): [string, JsonValue] => {
        const hasTargets = entry.kind === "mutation" || entry.kind === "view";
        const resolved = hasTargets ? targets.get(entry) : undefined;
        return [entry.name.value, printEntry(schemas, entry, resolved)];
      }),
    ),
  };
}

function printMeta(
  schemas: SchemaPrinter,
  { meta, operations }: NormalForm,
  groups: ReadonlyMap<string, ContextGroup>,
): JsonObject {
  const contexts = new Map<string, JsonValue>();
  const address = (name: string): string => {
    const operation = operations.ofContext(name);
    return operation === undefined ? `/ctx/${name}/` : operations.originPath(operation.path);
  };
  for (const [name, declared] of meta.contexts) {
    contexts.set(name, printContext(schemas, address(name), declared, groups.get(name)));
  }
  for (const [name, group] of groups) {
    if (contexts.has(name)) continue;
    contexts.set(
      name,
      printContext(schemas, group.queries[0]?.path?.value ?? address(name), undefined, group),
    );
  }
  return toObject(
    {
      version: meta.version?.value ?? "1.0",
      producer: meta.producer?.value,
      fingerprint: meta.fingerprint?.value,
      base: meta.base?.value,
      session: sessionOf(meta),
      features: texts(meta.features),
      limits:
        meta.limits === undefined
          ? undefined
          : fromEntries([...meta.limits].map(([name, { value }]) => [name, value])),
      contexts: fromEntries([...contexts]),
    },
    meta.extensions,
  );
}

function printContext(
  schemas: SchemaPrinter,
  path: string,
  declared: ContextEntry | undefined,
  group: ContextGroup | undefined,
): JsonObject {
  return toObject(
    {
      path: declared?.path?.value ?? path,
      functions:
        texts(declared?.functions?.value) ?? group?.queries.map(({ name }) => name.value) ?? [],
      params:
        declared?.params?.value.map((param) => schemas.param(param, param.required)) ??
        [...(group?.params.values() ?? [])].map(({ param, required }) =>
          schemas.param(param, required),
        ),
      cache: cacheOf(declared?.cache),
      scopes: declared?.scopes?.value.map(({ value }) => value.map((name) => name.value)),
      summary: declared?.summary?.value,
      description: declared?.description?.value,
      deprecated: deprecationOf(declared?.deprecated),
    },
    declared?.extensions,
  );
}
