import { isObject } from "../json/json-value.js";
import {
  membersOf,
  refName,
  resolve,
  schemaAt,
  withoutNull,
  type Components,
  type JsonSchema,
} from "../schema/json-schema.js";

/** The shape of an output, as far as slots are found by it (protocol 4). */
export interface Outline {
  /** Without null. */
  readonly core: JsonSchema;
  /** Name of the type; null for lists and for what has no name. */
  readonly type: string | null;
  /** Of a list. */
  readonly item: JsonSchema | null;
  /** Of a page: an object with a list of items. */
  readonly pageItem: JsonSchema | null;
}

export function outlineOf(
  schema: JsonSchema,
  components: Components,
  itemsPath: readonly (string | number)[] = ["items"],
): Outline {
  const core = withoutNull(schema).schema;
  const resolved = resolve(core, components);
  const item =
    resolved["type"] === "array" && isObject(resolved["items"]) ? resolved["items"] : null;
  return {
    core,
    type: item === null ? refName(core) : null,
    item,
    pageItem: item === null ? pageItemOf(core, components, itemsPath) : null,
  };
}

function pageItemOf(
  core: JsonSchema,
  components: Components,
  path: readonly (string | number)[],
): JsonSchema | null {
  if (Object.keys(membersOf(core, components)).length === 0) return null;
  const list = schemaAt(core, path, components);
  if (list === null) return null;
  const { items, type } = resolve(list, components);
  return type === "array" && isObject(items) ? items : null;
}

/** The name of an item's type. */
export const itemName = (item: JsonSchema | null): string | null =>
  item === null ? null : refName(withoutNull(item).schema);
