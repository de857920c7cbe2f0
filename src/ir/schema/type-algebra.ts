import type { JsonValue } from "../../document/document.js";
import type { Member, ObjectNode, TypeNode } from "../type-node.js";
import { booleanNode, neverNode, openStringNode, unknownNode } from "./nodes.js";

/**
 * Unions and intersections in their simplest form. Nodes are compared by number: equal trees (docs apart) have the same one, and each
 * tree is looked at once, so that comparing is cheap at any depth.
 */
export class TypeAlgebra {
  readonly #ids = new Map<TypeNode, number>();
  readonly #byText = new Map<string, number>();

  same(a: TypeNode, b: TypeNode): boolean {
    return a === b || this.#id(a) === this.#id(b);
  }

  /** Flat, without duplicates; `unknown` absorbs the rest, a type absorbs its literals, but `"a" | string` stays open for completion. */
  union(nodes: readonly TypeNode[]): TypeNode {
    const [only] = nodes;
    if (only === undefined) return neverNode;
    if (nodes.length === 1) return only;
    const flat = nodes.some((node) => node.kind === "union")
      ? nodes.flatMap((node) => (node.kind === "union" ? node.members : [node]))
      : nodes;
    const seen = summarize(flat);
    if (seen.unknown) return unknownNode;
    const members = new Map<number, TypeNode>();
    for (const node of flat) {
      let member = node;
      if (node.kind === "never") continue;
      if (node.kind === "literal") {
        if (typeof node.value === "number" && seen.number) continue;
        if (typeof node.value === "boolean" && seen.boolean) member = booleanNode;
      } else if (seen.open && node.kind === "string") {
        member = openStringNode;
      }
      const id = this.#id(member);
      if (!members.has(id)) members.set(id, member);
    }
    const [first, ...rest] = members.values();
    if (first === undefined) return neverNode;
    return rest.length === 0 ? first : { kind: "union", members: [first, ...rest] };
  }

  /**
   * Flat, without duplicates; inline objects become one, scalars are narrowed. Calls `onContradiction` where nothing is left although
   * each part allows something.
   */
  intersection(
    nodes: readonly TypeNode[],
    onContradiction: () => void = () => undefined,
  ): TypeNode {
    const said = nodes.filter((node) => node.kind !== "unknown");
    const [only] = said;
    if (only === undefined) return unknownNode;
    if (said.length === 1) return only;
    const flat = said.flatMap((node) => (node.kind === "intersection" ? node.members : [node]));
    if (flat.some((node) => node.kind === "never")) return neverNode;
    const parts = new Map(flat.map((node) => [this.#id(node), node]));
    const objects: ObjectNode[] = [];
    let scalars: readonly TypeNode[] | undefined;
    const members: (TypeNode | "objects" | "scalars")[] = [];
    for (const part of parts.values()) {
      const scalarsOfPart = scalarsOf(part);
      if (scalarsOfPart !== undefined) {
        if (scalars === undefined) members.push("scalars");
        scalars = scalars === undefined ? scalarsOfPart : commonScalars(scalars, scalarsOfPart);
      } else if (part.kind === "object" && (part.index?.kind ?? "unknown") === "unknown") {
        // Members of one object must fit the index of another, which only `unknown` always does.
        if (objects.length === 0) members.push("objects");
        objects.push(part);
      } else {
        members.push(part);
      }
    }
    if (scalars !== undefined && (scalars.length === 0 || [...parts.values()].some(isStructure))) {
      onContradiction();
      return neverNode;
    }
    const all = members.map((member) =>
      member === "objects"
        ? this.#merge(objects, onContradiction)
        : member === "scalars"
          ? this.union(scalars ?? [])
          : member,
    );
    const [first, ...rest] = all;
    if (first === undefined) return unknownNode;
    return rest.length === 0 ? first : { kind: "intersection", members: [first, ...rest] };
  }

  #merge(objects: readonly ObjectNode[], onContradiction: () => void): ObjectNode {
    const [only, ...others] = objects;
    if (only !== undefined && others.length === 0) return only;
    const byName = new Map<string, Member[]>();
    for (const member of objects.flatMap((object) => object.members)) {
      const found = byName.get(member.name);
      if (found === undefined) byName.set(member.name, [member]);
      else found.push(member);
    }
    const members = [...byName].map(([name, same]): Member => {
      const types = same.map((member) => member.type);
      return {
        name,
        type: this.intersection(types, onContradiction),
        optional: same.every((member) => member.optional),
        docs: same.findLast((member) => member.docs !== undefined)?.docs,
      };
    });
    const index = objects.find((object) => object.index !== undefined)?.index;
    return { kind: "object", members, ...(index === undefined ? {} : { index }) };
  }

  #id(node: TypeNode): number {
    const known = this.#ids.get(node);
    if (known !== undefined) return known;
    const text = this.#text(node);
    let id = this.#byText.get(text);
    if (id === undefined) {
      id = this.#byText.size;
      this.#byText.set(text, id);
    }
    this.#ids.set(node, id);
    return id;
  }

  #text(node: TypeNode): string {
    const ids = (nodes: readonly TypeNode[]): number[] => nodes.map((child) => this.#id(child));
    switch (node.kind) {
      case "literal":
        return `literal ${JSON.stringify(node.value)}`;
      case "reference":
        return `reference ${node.name}`;
      case "array":
        return `array ${this.#id(node.element)}`;
      case "tuple": {
        const elements = node.elements.map(
          ({ type, optional }) => `${this.#id(type)}${optional ? "?" : ""}`,
        );
        return `tuple ${elements.join()} ${node.rest === undefined ? "" : this.#id(node.rest)}`;
      }
      case "object": {
        const members = node.members.map(
          ({ name, type, optional }) =>
            `${JSON.stringify(name)}${optional ? "?" : ""}:${this.#id(type)}`,
        );
        return `object ${members.sort().join()} ${node.index === undefined ? "" : this.#id(node.index)}`;
      }
      case "record":
        return `record ${node.partial} ${this.#id(node.keys)} ${this.#id(node.value)}`;
      case "union":
      case "intersection":
        return `${node.kind} ${ids(node.members)
          .sort((a, b) => a - b)
          .join()}`;
      default:
        return node.kind;
    }
  }
}

/** Which members of a union change how others are written. */
function summarize(nodes: readonly TypeNode[]): {
  readonly unknown: boolean;
  readonly number: boolean;
  /** `boolean` itself, or both of its values. */
  readonly boolean: boolean;
  /** `string` beside texts. */
  readonly open: boolean;
} {
  const kinds = new Set<string>();
  for (const node of nodes) {
    if (node.kind !== "literal") kinds.add(node.kind);
    else if (typeof node.value === "string") kinds.add("text");
    else if (typeof node.value === "boolean") kinds.add(String(node.value));
  }
  return {
    unknown: kinds.has("unknown"),
    number: kinds.has("number"),
    boolean: kinds.has("boolean") || (kinds.has("true") && kinds.has("false")),
    open: kinds.has("open-string") || (kinds.has("string") && kinds.has("text")),
  };
}

/** The members of a node that is nothing but JSON scalars; undefined for any other. */
function scalarsOf(node: TypeNode): readonly TypeNode[] | undefined {
  if (node.kind === "union") return node.members.every(isScalar) ? node.members : undefined;
  return isScalar(node) ? [node] : undefined;
}

function isScalar(node: TypeNode): boolean {
  return node.kind === "null" || scalarType(node) !== undefined;
}

/** `string` for `string`, `"a"` and an open enum; undefined for what is no string, number or boolean. */
function scalarType(node: TypeNode): "string" | "number" | "boolean" | undefined {
  const type = node.kind === "literal" ? typeof node.value : node.kind;
  if (type === "open-string") return "string";
  return type === "string" || type === "number" || type === "boolean" ? type : undefined;
}

function isStructure({ kind }: TypeNode): boolean {
  return kind === "object" || kind === "array" || kind === "tuple" || kind === "record";
}

function commonScalars(a: readonly TypeNode[], b: readonly TypeNode[]): TypeNode[] {
  const inB = scalarSet(b);
  const inA = scalarSet(a);
  return [
    ...a.filter((node) => contains(inB, node)),
    ...b.filter(
      (node) => node.kind === "literal" && !inA.values.has(node.value) && contains(inA, node),
    ),
  ];
}

interface ScalarSet {
  /** Whole types: `string`, `null` ... */
  readonly types: ReadonlySet<string | undefined>;
  readonly values: ReadonlySet<JsonValue>;
}

function scalarSet(nodes: readonly TypeNode[]): ScalarSet {
  const types = new Set<string | undefined>();
  const values = new Set<JsonValue>();
  for (const node of nodes) {
    if (node.kind === "literal") values.add(node.value);
    else types.add(node.kind === "null" ? "null" : scalarType(node));
  }
  return { types, values };
}

function contains(set: ScalarSet, node: TypeNode): boolean {
  const type = node.kind === "null" ? "null" : scalarType(node);
  return set.types.has(type) || (node.kind === "literal" && set.values.has(node.value));
}
