import type { JsonValue } from "../document/document.js";
import type { Api, NamedType } from "../ir/api.js";
import type { Member, TypeNode } from "../ir/type-node.js";

/** An object as its members by name, and what any other member is. */
export interface ObjectView {
  readonly members: ReadonlyMap<string, Member>;
  readonly index: TypeNode | undefined;
}

/** Of a union that an intersection is written out as. */
const mostVariants = 64;

/** The named types of one contract, and what nodes of it are when references are followed. */
export class TypeTable {
  readonly #types: ReadonlyMap<string, NamedType>;
  readonly #views = new Map<TypeNode, ObjectView | null>();
  readonly #ids = new Map<TypeNode | string, number>();
  readonly #intersections = new Map<string, TypeNode>();

  constructor(api: Api) {
    this.#types = new Map(api.types.map((type) => [type.name, type]));
  }

  has(name: string): boolean {
    return this.#types.has(name);
  }

  /** A reference of the IR always leads to a type. */
  named(name: string): NamedType {
    const found = this.#types.get(name);
    if (found === undefined) throw new Error(`the model has no type ${name}`);
    return found;
  }

  /** The node that a reference leads to, through any number of aliases; any other node is itself. */
  resolve(node: TypeNode): TypeNode {
    let found = node;
    while (found.kind === "reference") found = this.named(found.name).type;
    return found;
  }

  /** The members of a union; any other node alone. References to unions stay as they are. */
  variants(node: TypeNode): readonly TypeNode[] {
    return node.kind === "union" ? node.members : [node];
  }

  /** What an object, a record or an intersection of such holds; null for all else. */
  objectView(node: TypeNode): ObjectView | null {
    const known = this.#views.get(node);
    if (known !== undefined) return known;
    const view = this.#view(this.resolve(node));
    this.#views.set(node, view);
    return view;
  }

  #view(node: TypeNode): ObjectView | null {
    switch (node.kind) {
      case "object":
        return { members: membersByName(node.members), index: node.index };
      case "record":
        return this.#recordView(node.keys, node.value, node.partial);
      case "literal":
        return literalView(node.value);
      case "intersection": {
        const views = node.members.map((member) => this.objectView(this.#withoutNull(member)));
        return views.every((view) => view !== null) ? this.#mergeViews(views) : null;
      }
      default:
        return null;
    }
  }

  /** No object is null, so null goes where something is an object as well. */
  #withoutNull(node: TypeNode): TypeNode {
    const found = this.resolve(node);
    if (found.kind !== "union") return node;
    const [only, ...others] = found.members.filter(({ kind }) => kind !== "null");
    return only !== undefined && others.length === 0 ? only : node;
  }

  #recordView(keys: TypeNode, value: TypeNode, optional: boolean): ObjectView {
    const names = this.literalTexts(keys);
    if (names === null) return { members: new Map(), index: value };
    const members = names.map((name): Member => ({ name, type: value, optional }));
    return { members: membersByName(members), index: undefined };
  }

  #mergeViews(views: readonly ObjectView[]): ObjectView {
    const members = new Map<string, Member>();
    for (const member of views.flatMap((view) => [...view.members.values()])) {
      const other = members.get(member.name);
      members.set(
        member.name,
        other === undefined
          ? member
          : {
              name: member.name,
              type: this.#intersect([other.type, member.type]),
              optional: other.optional && member.optional,
              docs: member.docs ?? other.docs,
            },
      );
    }
    const indexes = views.flatMap((view) => view.index ?? []);
    return { members, index: indexes.length === 0 ? undefined : this.#intersect(indexes) };
  }

  /**
   * `A & (B | C)` as `A & B` and `A & C`; null where no part is a union, or where that would be more than anybody has written.
   */
  distribute(node: TypeNode): readonly TypeNode[] | null {
    if (node.kind !== "intersection") return null;
    let all: (readonly TypeNode[])[] = [[]];
    let isUnion = false;
    for (const part of node.members) {
      const found = this.resolve(part);
      // An object stays a name, so that circles come round.
      const variants = found.kind === "union" ? found.members : [part];
      isUnion ||= found.kind === "union";
      if (all.length * variants.length > mostVariants) return null;
      all = all.flatMap((some) => variants.map((variant) => [...some, variant]));
    }
    return isUnion ? all.map((parts) => this.#intersect(parts)) : null;
  }

  /** Equal parts give the same node, so that circles through intersections come round. */
  #intersect(nodes: readonly TypeNode[]): TypeNode {
    const parts = new Map<number, TypeNode>();
    for (const node of nodes) {
      for (const part of node.kind === "intersection" ? node.members : [node]) {
        if (part.kind !== "unknown") parts.set(this.idOf(part), part);
      }
    }
    const [first, ...rest] = narrowScalars([...parts.values()]);
    if (first === undefined) return { kind: "unknown" };
    if (rest.length === 0) return first;
    const key = [...parts.keys()].sort((a, b) => a - b).join();
    const known = this.#intersections.get(key);
    if (known !== undefined) return known;
    const node: TypeNode = { kind: "intersection", members: [first, ...rest] };
    this.#intersections.set(key, node);
    return node;
  }

  /** A number for each node: references by their name, what else by being the same. */
  idOf(node: TypeNode): number {
    const key = node.kind === "reference" ? node.name : node;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#ids.size);
    return this.#ids.size - 1;
  }

  /** The texts of a closed list; null when other texts fit as well. */
  literalTexts(node: TypeNode): readonly string[] | null {
    const texts: string[] = [];
    for (const variant of this.variants(this.resolve(node))) {
      const found = this.resolve(variant);
      if (found.kind === "union") {
        const inner = this.literalTexts(found);
        if (inner === null) return null;
        texts.push(...inner);
      } else if (found.kind === "literal" && typeof found.value === "string") {
        texts.push(found.value);
      } else {
        return null;
      }
    }
    return texts;
  }
}

function membersByName(members: readonly Member[]): Map<string, Member> {
  return new Map(members.map((member) => [member.name, member]));
}

function literalView(value: JsonValue): ObjectView | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const members = Object.entries(value).map(([name, inner]): Member => ({
    name,
    type: { kind: "literal", value: inner },
    optional: false,
  }));
  return { members: membersByName(members), index: undefined };
}

/** `string & "a"` is `"a"`, and nothing is `"a" & "b"`. */
function narrowScalars(nodes: readonly TypeNode[]): readonly TypeNode[] {
  const literal = nodes.find(({ kind }) => kind === "literal");
  if (literal?.kind !== "literal") return nodes;
  const type = typeof literal.value;
  const value = JSON.stringify(literal.value);
  const isSame = (node: TypeNode): boolean =>
    node.kind === "literal" && JSON.stringify(node.value) === value;
  const isWider = ({ kind }: TypeNode): boolean =>
    kind === type || (kind === "open-string" && type === "string");
  if (nodes.every((node) => isSame(node) || isWider(node))) return [literal];
  return nodes.every((node) => node.kind === "literal" || isWider(node))
    ? [{ kind: "never" }]
    : nodes;
}
