import type { JsonObject, JsonValue } from "../../document/document.js";
import type { Binding } from "../api.js";
import type { CacheEntry, Deprecation, Meta, ParamEntry } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import { toSchema31 } from "../normalise/schema-31.js";
import type { SchemaAt } from "../shape/schema-at.js";

/** Members of an object to be; what is undefined is left out. */
export type Part = Readonly<Record<string, JsonValue | undefined>>;

/** Prints schemas as OpenAPI 3.1 has them, and what is made of them. */
export class SchemaPrinter {
  readonly #is30: boolean;

  constructor(openapi: "3.0" | "3.1" | "3.2") {
    this.#is30 = openapi === "3.0";
  }

  schema(at: SchemaAt | null | undefined): JsonValue | undefined {
    if (at === null || at === undefined) return at;
    return this.#is30 ? toSchema31(at.schema) : at.schema;
  }

  param(param: ParamEntry, required: boolean): JsonObject {
    return toObject(
      {
        name: param.name.value,
        required,
        schema: this.schema(param.schema),
        in: param.in?.value,
        encoding: param.encoding.value,
        description: param.description?.value,
        deprecated: param.deprecated?.value,
      },
      param.extensions,
    );
  }
}

export function toObject(
  part: Part,
  extensions: ReadonlyMap<string, JsonValue> = new Map(),
): JsonObject {
  const present = Object.entries(part).flatMap(([key, value]): [string, JsonValue][] =>
    value === undefined ? [] : [[key, value]],
  );
  return fromEntries([...present, ...extensions]);
}

/** `Object.fromEntries` makes `__proto__` a key like any other. */
export function fromEntries(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  return Object.fromEntries(entries);
}

export function texts(list: readonly Placed<string>[] | undefined): string[] | undefined {
  return list?.map(({ value }) => value);
}

export function sessionOf({ session }: Meta): JsonValue | undefined {
  if (session === undefined) return undefined;
  return session.value === null ? null : { path: session.value };
}

export function cacheOf(cache: CacheEntry | undefined): JsonObject {
  if (cache === undefined) return { scope: "none" };
  return toObject({
    scope: cache.scope.value,
    ttl: cache.ttl?.value,
    swr: cache.swr?.value,
    tags: texts(cache.tags),
    vary: texts(cache.vary),
  });
}

export function deprecationOf(deprecated: Placed<Deprecation> | undefined): JsonValue | undefined {
  if (deprecated === undefined) return undefined;
  if (typeof deprecated.value === "boolean") return deprecated.value;
  return toObject({ ...deprecated.value });
}

export function bindings(list: readonly Binding[]): JsonObject | undefined {
  if (list.length === 0) return undefined;
  return fromEntries(
    list.map(({ param, source }): [string, JsonValue] => {
      switch (source.from) {
        case "const":
          return [param, { const: source.value }];
        case "server":
          return [param, { from: "server" }];
        case "input":
        case "result":
          return [param, { from: source.from, path: source.path }];
      }
    }),
  );
}
