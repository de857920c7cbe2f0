import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonObject, JsonValue } from "../document.js";
import { child } from "../pointer.js";
import { isObject, memberAt } from "../value-at.js";
import { splitReference } from "./reference-text.js";

/** A schema that can be referred to by something else than a pointer. */
export interface Named {
  readonly pointer: Pointer;
  readonly value: JsonValue;
}

/** Names that schemas of one document give themselves: anchors by name, and `$id`s as absolute URIs. */
export interface SchemaIndex {
  readonly anchors: ReadonlyMap<string, readonly Named[]>;
  readonly ids: ReadonlyMap<string, Named>;
  /** Addresses of references to anything but the document itself, each with the base that holds where it stands. */
  readonly addresses: readonly { readonly address: string; readonly base: string }[];
}

/** Keywords whose value is data, where `$id` or `$ref` mean nothing. */
const dataKeywords = new Set(["const", "default", "enum", "example", "examples"]);
/** Keywords whose members are named freely, so that a member called `default` is a schema. */
export const nameKeywords = new Set([
  "$defs",
  "definitions",
  "dependentSchemas",
  "patternProperties",
  "properties",
  "schemas",
]);

interface Pending {
  readonly value: JsonValue;
  readonly pointer: Pointer;
  readonly base: string;
  readonly namesFollow: boolean;
}

/** Looks at every schema of a document once, in its order, without recursion. */
export function indexSchemas(root: JsonValue, pointer: Pointer, base: string): SchemaIndex {
  const anchors = new Map<string, Named[]>();
  const ids = new Map<string, Named>();
  const addresses: { address: string; base: string }[] = [];
  const pending: Pending[] = [{ value: root, pointer, base, namesFollow: false }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { value } = at;
    if (typeof value !== "object" || value === null) continue;
    let inner = at.base;
    if (!at.namesFollow && isObject(value)) {
      const id = baseIdOf(value);
      inner = id === undefined ? at.base : absolute(id, at.base);
      if (id !== undefined && !ids.has(inner)) ids.set(inner, { pointer: at.pointer, value });
      for (const name of anchorsOf(value)) {
        const named = { pointer: at.pointer, value };
        const known = anchors.get(name);
        if (known) known.push(named);
        else anchors.set(name, [named]);
      }
      for (const address of addressesOf(value)) addresses.push({ address, base: inner });
    }
    for (const [key, member] of Object.entries(value).reverse()) {
      if (typeof member !== "object" || member === null) continue;
      if (!at.namesFollow && dataKeywords.has(key)) continue;
      pending.push({
        value: member,
        pointer: child(at.pointer, key),
        base: inner,
        namesFollow: !at.namesFollow && nameKeywords.has(key) && !Array.isArray(value),
      });
    }
  }
  return { anchors, ids, addresses };
}

/** The `$id` that sets a base. One that is only a fragment sets none (Elysia writes `#/components/schemas/X` there). */
export function baseIdOf(value: JsonValue): string | undefined {
  const id = memberAt(value, "$id");
  if (typeof id !== "string" || id.startsWith("#")) return undefined;
  const address = id.split("#", 1)[0];
  return address === "" ? undefined : address;
}

/** An address relative to a base; as it stands when it is no URI reference. */
export function absolute(address: string, base: string): string {
  return URL.canParse(address, base) ? new URL(address, base).href : address;
}

/** What `$ref` and the mapping of a discriminator name before their `#`. */
function addressesOf(value: JsonObject): string[] {
  const references = [memberAt(value, "$ref")];
  const mapping = memberAt(memberAt(value, "discriminator") ?? null, "mapping");
  if (isObject(mapping)) {
    // A mapping value may also be the bare name of a component.
    const targets = Object.values(mapping).filter((target) => typeof target === "string");
    references.push(...targets.filter((target) => /[/.]/.test(target)));
  }
  return references.flatMap((reference) => {
    const address = typeof reference === "string" ? splitReference(reference).address : "";
    return address === "" ? [] : [address];
  });
}

function anchorsOf(value: JsonValue): string[] {
  const names = new Set<string>();
  for (const keyword of ["$anchor", "$dynamicAnchor"]) {
    const name = memberAt(value, keyword);
    if (typeof name === "string") names.add(name);
  }
  // Draft 6 and 7 write an anchor as a fragment-only `$id`.
  const id = memberAt(value, "$id");
  if (typeof id === "string" && /^#[^/]/.test(id)) names.add(id.slice(1));
  return [...names];
}
