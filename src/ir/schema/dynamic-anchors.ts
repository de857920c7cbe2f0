import type { Document, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { isJsonArray, isJsonObject } from "./nodes.js";
import type { SchemaAt } from "./schema-reader.js";

/** The schemas of all components that carry a `$dynamicAnchor`, by its name. Without recursion. */
export function findDynamicAnchors(document: Document): ReadonlyMap<string, readonly SchemaAt[]> {
  const anchors = new Map<string, SchemaAt[]>();
  const components: JsonValue = document.root["components"] ?? null;
  const stack: SchemaAt[] = [{ schema: components, pointer: "#/components" }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { schema, pointer } = at;
    if (isJsonArray(schema)) {
      schema.forEach((member, index) => {
        stack.push({ schema: member, pointer: child(pointer, index) });
      });
    } else if (isJsonObject(schema)) {
      const name = schema["$dynamicAnchor"];
      if (typeof name === "string") {
        const same = anchors.get(name);
        if (same === undefined) anchors.set(name, [at]);
        else same.push(at);
      }
      for (const [key, member] of Object.entries(schema)) {
        if (typeof member === "object" && member !== null) {
          stack.push({ schema: member, pointer: child(pointer, key) });
        }
      }
    }
  }
  return anchors;
}
