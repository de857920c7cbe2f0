import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import type { TypeNode } from "../type-node.js";
import { strongComponents } from "./strong-components.js";
import { unknownNode } from "./nodes.js";
import { rewriteReferences } from "./rewrite.js";
import type { SchemaReader } from "./schema-reader.js";
import type { TypeAlgebra } from "./type-algebra.js";

/** A named type before its file is chosen. */
export interface Draft {
  readonly name: string;
  readonly pointer: Pointer;
  type: TypeNode;
}

/**
 * TypeScript resolves aliases, unions, intersections and `Record` at once, so a type may not lead back to itself through them alone
 * (TS2456). Circles of unions are written out: `A = B | string`, `B = A | number` are both `string | number`. A record in a circle
 * becomes an object. Circles that describe nothing are reported (E301, E302).
 */
export function resolveCircles(
  drafts: readonly Draft[],
  algebra: TypeAlgebra,
  reader: SchemaReader,
): void {
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const circlesBy = (withRecords: boolean): (readonly Draft[])[] =>
    strongComponents(drafts, ({ type }) =>
      namesAtOnce(type, withRecords).flatMap((name) => byName.get(name) ?? []),
    );
  for (const circle of circlesBy(true)) {
    const names = new Set(circle.map(({ name }) => name));
    for (const draft of circle) draft.type = withoutRecords(draft.type, names, byName);
  }
  for (const circle of circlesBy(false)) resolveCircle(circle, algebra, reader);
}

function resolveCircle(circle: readonly Draft[], algebra: TypeAlgebra, reader: SchemaReader): void {
  const names = new Set(circle.map(({ name }) => name));
  const isInside = (node: TypeNode): boolean => node.kind === "reference" && names.has(node.name);
  const members = circle.flatMap(({ type }) => (type.kind === "union" ? type.members : [type]));
  const others = members.filter((member) => !isInside(member));
  const inherits = others.some((member) => namesAtOnce(member, false).some((n) => names.has(n)));
  if (!inherits && others.length > 0) {
    const union = algebra.union(others);
    for (const draft of circle) draft.type = union;
    return;
  }
  const places = [...new Set(circle.map(({ pointer }) => pointer))].sort();
  const [first = "", ...rest] = places;
  reader.report(
    inherits ? "E302" : "E301",
    first,
    `${quote(first)} ${inherits ? "inherits from itself" : "is nothing but a reference to itself"}${rest.length > 0 ? ", by way of others" : ""}`,
    { related: rest.slice(0, 10).map((pointer) => ({ pointer, message: "in the circle" })) },
  );
  for (const draft of circle) {
    draft.type = rewriteReferences(draft.type, algebra, (name) =>
      names.has(name) ? unknownNode : { kind: "reference", name },
    );
  }
}

/** The names that TypeScript must know to know the type at all. */
function namesAtOnce(node: TypeNode, withRecords: boolean): string[] {
  switch (node.kind) {
    case "reference":
      return [node.name];
    case "union":
    case "intersection":
      return node.members.flatMap((member) => namesAtOnce(member, withRecords));
    case "record":
      return withRecords ? namesAtOnce(node.value, true) : [];
    default:
      return [];
  }
}

/** The type with its records written out as objects where their values lead into the circle. */
function withoutRecords(
  node: TypeNode,
  circle: ReadonlySet<string>,
  types: ReadonlyMap<string, Draft>,
): TypeNode {
  switch (node.kind) {
    case "union":
    case "intersection":
      return { ...node, members: node.members.map((n) => withoutRecords(n, circle, types)) };
    case "record": {
      const keys = keysOf(node.keys, types);
      if (keys === null || !namesAtOnce(node.value, true).some((name) => circle.has(name))) {
        return node;
      }
      const members = keys.map((name) => ({ name, type: node.value, optional: node.partial }));
      return { kind: "object", members };
    }
    default:
      return node;
  }
}

function keysOf(node: TypeNode, types: ReadonlyMap<string, Draft>, hops = 0): string[] | null {
  if (node.kind === "literal") return typeof node.value === "string" ? [node.value] : null;
  if (node.kind === "union") {
    const keys = node.members.map((member) => keysOf(member, types, hops));
    return keys.every((key) => key !== null) ? keys.flat() : null;
  }
  const target = node.kind === "reference" ? types.get(node.name) : undefined;
  return target === undefined || hops > 100 ? null : keysOf(target.type, types, hops + 1);
}
