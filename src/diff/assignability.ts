import type { JsonValue } from "../document/document.js";
import type { TupleNode, TypeNode } from "../ir/type-node.js";
import type { ObjectView, TypeTable } from "./type-table.js";

/** A node, and the contract whose names it speaks in. */
export interface Placed {
  readonly node: TypeNode;
  readonly types: TypeTable;
}

/** TypeScript tries the combinations of an object's literals up to this number, and so do we. */
const mostCombinations = 25;

/**
 * Whether every value of one type is one of another, as TypeScript would have it: by structure, across two contracts. Circles are
 * followed once, and taken to fit until something else does not.
 */
export class Assignability {
  readonly #known = new Map<string, boolean>();
  /** Pairs that are taken to fit, being looked at or found so under an assumption; in the order they were met. */
  readonly #assumed = new Set<string>();
  readonly #order: string[] = [];
  readonly #tables = new Map<TypeTable, number>();

  fits(from: Placed, to: Placed): boolean {
    const { node: source } = from;
    const { node: target } = to;
    if (source.kind === "never" || target.kind === "unknown") return true;
    const isName = source.kind === "reference" || target.kind === "reference";
    if (isName || source.kind === "intersection" || target.kind === "intersection") {
      return this.#remembered(from, to);
    }
    return this.#look(from, to);
  }

  #look(from: Placed, to: Placed): boolean {
    const { node: source } = from;
    const { node: target } = to;
    if (source.kind === "union") {
      return source.members.every((node) => this.fits({ ...from, node }, to));
    }
    if (source.kind === "boolean" && target.kind === "union") {
      return [true, false].every((value) =>
        this.fits({ ...from, node: { kind: "literal", value } }, to),
      );
    }
    if (source.kind === "intersection" && from.types.objectView(source) === null) {
      return this.#fitsParts(from, to);
    }
    if (target.kind === "intersection") {
      if (to.types.objectView(target) !== null && from.types.objectView(source) !== null) {
        return this.#fitsObject(from, to);
      }
      return target.members.every((node) => this.fits(from, { ...to, node }));
    }
    if (target.kind === "union") return this.#fitsUnion(from, { ...to, node: target });
    return this.#fitsPlain(from, to);
  }

  /** An intersection that is no object: by one part of it alone, or, written out, by all that it can be. */
  #fitsParts(from: Placed, to: Placed): boolean {
    const parts = from.node.kind === "intersection" ? from.node.members : [];
    if (parts.some((node) => this.fits({ ...from, node }, to))) return true;
    const variants = from.types.distribute(from.node);
    if (variants !== null) return variants.every((node) => this.fits({ ...from, node }, to));
    return (
      to.node.kind === "intersection" &&
      to.node.members.every((node) => this.fits(from, { ...to, node }))
    );
  }

  /** Neither of the two allows a value that the other does not. */
  same(a: Placed, b: Placed): boolean {
    return this.fits(a, b) && this.fits(b, a);
  }

  /** Circles come through names or through intersections, on one side at least. */
  #remembered(from: Placed, to: Placed): boolean {
    const key = `${this.#idOf(from)} ${this.#idOf(to)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#assumed.has(key)) return true;
    const isOutermost = this.#assumed.size === 0;
    const before = this.#order.length;
    this.#assumed.add(key);
    this.#order.push(key);
    const result = this.#resolved(from, to);
    if (!result) {
      // All that was taken to fit since then may have leaned on this pair.
      for (const leaning of this.#order.splice(before)) this.#assumed.delete(leaning);
      this.#known.set(key, false);
    } else if (isOutermost) {
      for (const certain of this.#order.splice(0)) this.#known.set(certain, true);
      this.#assumed.clear();
    }
    return result;
  }

  #resolved(from: Placed, to: Placed): boolean {
    const { node: source } = from;
    const { node: target } = to;
    // As it stands it may be one of the variants.
    if (source.kind === "reference" && target.kind === "union") {
      if (target.members.some((node) => this.fits(from, { ...to, node }))) return true;
    }
    if (source.kind !== "reference" && target.kind !== "reference") return this.#look(from, to);
    return this.fits(
      { ...from, node: from.types.resolve(source) },
      { ...to, node: to.types.resolve(target) },
    );
  }

  #idOf({ node, types }: Placed): string {
    const known = this.#tables.get(types);
    if (known === undefined) this.#tables.set(types, this.#tables.size);
    return `${String(known ?? this.#tables.size - 1)}:${String(types.idOf(node))}`;
  }

  #fitsUnion(
    from: Placed,
    to: Placed & { readonly node: { members: readonly TypeNode[] } },
  ): boolean {
    if (to.node.members.some((node) => this.fits(from, { ...to, node }))) return true;
    const combinations = this.#combinations(from);
    return (
      combinations !== null &&
      combinations.every((node) =>
        to.node.members.some((member) => this.fits({ ...from, node }, { ...to, node: member })),
      )
    );
  }

  /** `{ k: "a" | "b" }` as `{ k: "a" }` and `{ k: "b" }`; null where there is nothing to tell apart. */
  #combinations({ node, types }: Placed): TypeNode[] | null {
    const view = types.objectView(node);
    if (view === null) return null;
    let all: Record<string, JsonValue>[] = [{}];
    for (const { name, type, optional } of view.members.values()) {
      const values = optional ? null : literalValues(types, type);
      if (values === null || values.length < 2) continue;
      if (all.length * values.length > mostCombinations) return null;
      all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
    }
    if (all.length < 2) return null;
    return all.map((chosen): TypeNode => ({
      kind: "object",
      members: [...view.members.values()].map((member) =>
        Object.hasOwn(chosen, member.name)
          ? { ...member, type: { kind: "literal", value: chosen[member.name] ?? null } }
          : member,
      ),
      ...(view.index === undefined ? {} : { index: view.index }),
    }));
  }

  #fitsPlain(from: Placed, to: Placed): boolean {
    const { node: source } = from;
    const { node: target } = to;
    const scalar = target.kind === "open-string" ? "string" : target.kind;
    switch (scalar) {
      case "null":
        return source.kind === "null" || (source.kind === "literal" && source.value === null);
      case "string":
        return isOf(source, "string") || source.kind === "open-string";
      case "number":
      case "boolean":
        return isOf(source, scalar);
      case "undefined":
      case "void":
        return source.kind === scalar || source.kind === "undefined";
      case "blob":
        return source.kind === scalar;
      case "literal":
        return this.#fitsLiteral(from, to);
      case "array":
      case "tuple":
        return this.#fitsList(from, to);
      case "object":
      case "record":
        return this.#fitsObject(from, to);
      default:
        return false;
    }
  }

  #fitsLiteral(from: Placed, to: Placed): boolean {
    const { node: target } = to;
    if (target.kind !== "literal") return false;
    const { value } = target;
    if (from.node.kind === "null") return value === null;
    if (from.node.kind === "literal" && (typeof value !== "object" || value === null)) {
      return from.node.value === value;
    }
    if (Array.isArray(value)) return this.#fitsList(from, to);
    return typeof value === "object" && value !== null && this.#fitsObject(from, to);
  }

  #fitsList(from: Placed, to: Placed): boolean {
    const source = listOf(from.node);
    const target = listOf(to.node);
    if (source === null || target === null) return false;
    const required = ({ elements }: TupleNode): number =>
      elements.filter(({ optional }) => !optional).length;
    if (required(source) < required(target)) return false;
    if (target.rest === undefined) {
      if (source.rest !== undefined || source.elements.length > target.elements.length)
        return false;
    }
    const count = Math.max(source.elements.length, target.elements.length);
    for (let index = 0; index < count; index++) {
      const given = source.elements[index]?.type ?? source.rest;
      const asked = target.elements[index]?.type ?? target.rest;
      if (given === undefined) continue;
      if (asked === undefined || !this.#fitsInner(from, given, to, asked)) return false;
    }
    return (
      source.rest === undefined ||
      target.rest === undefined ||
      this.#fitsInner(from, source.rest, to, target.rest)
    );
  }

  #fitsObject(from: Placed, to: Placed): boolean {
    const source = from.types.objectView(from.node);
    const target = to.types.objectView(to.node);
    if (source === null || target === null || !shareMembers(source, target)) return false;
    for (const asked of target.members.values()) {
      const given = source.members.get(asked.name);
      if (given === undefined) {
        // As TypeScript does: an index on the other side is not asked what it could hold under this name.
        if (!asked.optional) return false;
      } else {
        if (given.optional && !asked.optional) return false;
        if (!this.#fitsInner(from, given.type, to, asked.type)) return false;
      }
    }
    return target.index === undefined || this.#fitsIndex(from, source, to, target.index);
  }

  #fitsIndex(from: Placed, source: ObjectView, to: Placed, index: TypeNode): boolean {
    if (source.index !== undefined && !this.#fitsInner(from, source.index, to, index)) return false;
    return [...source.members.values()].every(({ type }) => this.#fitsInner(from, type, to, index));
  }

  #fitsInner(from: Placed, given: TypeNode, to: Placed, asked: TypeNode): boolean {
    return this.fits({ ...from, node: given }, { ...to, node: asked });
  }
}

/** TypeScript refuses an object for a type of optional members when they have none in common. */
function shareMembers(source: ObjectView, target: ObjectView): boolean {
  const asked = [...target.members.values()];
  const isWeak = target.index === undefined && asked.every(({ optional }) => optional);
  if (!isWeak || asked.length === 0 || source.members.size === 0) return true;
  return asked.some(({ name }) => source.members.has(name));
}

function isOf(node: TypeNode, type: "string" | "number" | "boolean"): boolean {
  return node.kind === type || (node.kind === "literal" && typeof node.value === type);
}

/** Arrays, tuples and literal lists in one form; null for what is no list. */
function listOf(node: TypeNode): TupleNode | null {
  if (node.kind === "tuple") return node;
  if (node.kind === "array") return { kind: "tuple", elements: [], rest: node.element };
  if (node.kind === "literal" && Array.isArray(node.value)) {
    const values = node.value as readonly JsonValue[];
    return {
      kind: "tuple",
      elements: values.map((value) => ({ type: { kind: "literal", value }, optional: false })),
    };
  }
  return null;
}

/** The values of a closed list of scalars; null when there are others. */
function literalValues(types: TypeTable, node: TypeNode): readonly JsonValue[] | null {
  const values: JsonValue[] = [];
  for (const variant of types.variants(types.resolve(node))) {
    const found = types.resolve(variant);
    if (found.kind === "null") values.push(null);
    else if (found.kind === "boolean") values.push(true, false);
    else if (found.kind === "literal" && typeof found.value !== "object") values.push(found.value);
    else return null;
  }
  return values;
}
