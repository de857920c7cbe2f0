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
  // Most types are objects, which end every circle.
  const others = drafts.filter(({ type }) => namesAtOnce(type, "elements").length > 0);
  const circlesBy = (through: Through): (readonly Draft[])[] =>
    strongComponents(others, ({ type }) =>
      namesAtOnce(type, through).flatMap((name) => byName.get(name) ?? []),
    );
  for (const circle of circlesBy("records")) {
    const names = new Set(circle.map(({ name }) => name));
    for (const draft of circle) draft.type = withoutRecords(draft.type, names, byName);
  }
  for (const circle of circlesBy("nothing")) resolveCircle(circle, algebra, reader);
  for (const circle of circlesBy("elements")) openIntersections(circle, algebra, reader);
}

/**
 * An intersection makes TypeScript look into arrays and tuples that it would else leave for later (TS2456). An intersection of a list
 * with something that holds the list again is no schema of anything, so the inner one is left out of it.
 */
function openIntersections(
  circle: readonly Draft[],
  algebra: TypeAlgebra,
  reader: SchemaReader,
): void {
  const names = new Set(circle.map(({ name }) => name));
  for (const draft of circle) {
    const type = withoutIntersected(draft.type, names, algebra);
    if (type === draft.type) continue;
    draft.type = type;
    reader.report(
      "W311",
      draft.pointer,
      "a list is intersected with what holds it; the inner one is unknown",
    );
  }
}

function withoutIntersected(
  node: TypeNode,
  circle: ReadonlySet<string>,
  algebra: TypeAlgebra,
): TypeNode {
  const one = (child: TypeNode): TypeNode => withoutIntersected(child, circle, algebra);
  switch (node.kind) {
    case "intersection": {
      const isInside = namesAtOnce(node, "elements").some((name) => circle.has(name));
      if (!isInside) return node;
      return rewriteReferences(node, algebra, (name) =>
        circle.has(name) ? unknownNode : { kind: "reference", name },
      );
    }
    case "union": {
      const members = node.members.map(one);
      return members.every((member, index) => member === node.members[index])
        ? node
        : algebra.union(members);
    }
    case "array": {
      const element = one(node.element);
      return element === node.element ? node : { kind: "array", element };
    }
    case "tuple": {
      const elements = node.elements.map((element) => ({ ...element, type: one(element.type) }));
      const rest = node.rest === undefined ? undefined : one(node.rest);
      const isSame =
        rest === node.rest &&
        elements.every(({ type }, index) => type === node.elements[index]?.type);
      return isSame ? node : { kind: "tuple", elements, ...(rest === undefined ? {} : { rest }) };
    }
    default:
      return node;
  }
}

function resolveCircle(circle: readonly Draft[], algebra: TypeAlgebra, reader: SchemaReader): void {
  const names = new Set(circle.map(({ name }) => name));
  const isInside = (node: TypeNode): boolean => node.kind === "reference" && names.has(node.name);
  const members = circle.flatMap(({ type }) => (type.kind === "union" ? type.members : [type]));
  const others = members.filter((member) => !isInside(member));
  const inherits = others.some((member) =>
    namesAtOnce(member, "nothing").some((n) => names.has(n)),
  );
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

/** What is looked through, beside unions and intersections. Elements include records. */
type Through = "nothing" | "records" | "elements";

/** The names that TypeScript must know, or may look at, to know the type at all. */
function namesAtOnce(node: TypeNode, through: Through): string[] {
  const all = (nodes: readonly TypeNode[]): string[] =>
    nodes.flatMap((child) => namesAtOnce(child, through));
  switch (node.kind) {
    case "reference":
      return [node.name];
    case "union":
    case "intersection":
      return all(node.members);
    case "record":
      return through === "nothing" ? [] : all([node.value]);
    case "array":
      return through === "elements" ? all([node.element]) : [];
    case "tuple": {
      if (through !== "elements") return [];
      const rest = node.rest === undefined ? [] : [node.rest];
      return all([...node.elements.map(({ type }) => type), ...rest]);
    }
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
      if (keys === null || !namesAtOnce(node.value, "records").some((name) => circle.has(name))) {
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
