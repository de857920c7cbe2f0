import type { JsonObject, JsonValue } from "../document/document.js";
import type { Docs } from "./docs.js";
import type { TypeNode } from "./type-node.js";

/**
 * A type as JSON: the node as it is, with its keys in one order. `{ "kind": "string" }`, `{ "kind": "reference", "name": "User" }`,
 * `{ "kind": "array", "element": ... }` and so on; docs/inspect.md has the list.
 */
export function inspectType(node: TypeNode): JsonObject {
  switch (node.kind) {
    case "literal":
      return { kind: node.kind, value: node.value };
    case "reference":
      return { kind: node.kind, name: node.name };
    case "array":
      return { kind: node.kind, element: inspectType(node.element) };
    case "tuple":
      return {
        kind: node.kind,
        elements: node.elements.map(({ type, optional }) => ({
          type: inspectType(type),
          optional,
        })),
        ...(node.rest === undefined ? {} : { rest: inspectType(node.rest) }),
      };
    case "object":
      return {
        kind: node.kind,
        members: node.members.map(({ name, type, optional, docs }) => ({
          name,
          type: inspectType(type),
          optional,
          ...withDocs(docs),
        })),
        ...(node.index === undefined ? {} : { index: inspectType(node.index) }),
      };
    case "record":
      return {
        kind: node.kind,
        keys: inspectType(node.keys),
        value: inspectType(node.value),
        partial: node.partial,
      };
    case "union":
    case "intersection":
      return { kind: node.kind, members: node.members.map(inspectType) };
    default:
      return { kind: node.kind };
  }
}

function withDocs(docs: Docs | undefined): { docs?: JsonObject } {
  return docs === undefined ? {} : { docs: inspectDocs(docs) };
}

export function inspectDocs({ summary, description, deprecated, tags }: Docs): JsonObject {
  const parts: [string, JsonValue | undefined][] = [
    ["summary", summary],
    ["description", description],
    ["deprecated", deprecated],
    ["tags", tags?.map(({ name, text }) => ({ name, text }))],
  ];
  return Object.fromEntries(
    parts.flatMap(([key, value]): [string, JsonValue][] =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}
