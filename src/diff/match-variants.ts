import type { TypeNode } from "../ir/type-node.js";
import { showKey, showValue } from "./show-type.js";
import type { TypeComparison } from "./type-comparison.js";
import type { Spot } from "./type-difference.js";
import type { TypeTable } from "./type-table.js";

/** Which variants of two unions belong together; those that do are compared as they are found. */
export class VariantMatching {
  removed: TypeNode[];
  added: TypeNode[];
  /** How many variants, null apart, stand on both sides. */
  shared = 0;
  readonly #comparison: TypeComparison;
  readonly #spot: Spot;
  readonly #isSeveral: boolean;
  /** Whether the union as a whole harms nobody, as its values may be those of other variants than they were. */
  readonly #isHarmless: boolean;

  constructor(comparison: TypeComparison, spot: Spot, before: TypeNode, after: TypeNode) {
    this.#comparison = comparison;
    this.#spot = spot;
    this.removed = [...comparison.before.variants(before)];
    this.added = [...comparison.after.variants(after)];
    const structures = this.added.filter((node) => comparison.after.objectView(node) !== null);
    this.#isSeveral = structures.length > 1;
    this.#isHarmless = this.#harmsNobody(before, after);
  }

  /** Scalars by what they are, references by name. */
  byName(): void {
    const waiting = new Map(this.added.map((node) => [keyOf(node), node]));
    const used = new Set<TypeNode>();
    this.removed = this.removed.filter((node) => {
      const key = keyOf(node);
      const other = key === null ? undefined : waiting.get(key);
      if (other === undefined || !this.#canBePaired(node, other)) return true;
      used.add(other);
      if (node.kind !== "null") this.shared++;
      if (node.kind === "reference") this.#visit(node, other);
      return false;
    });
    this.added = this.added.filter((node) => !used.has(node));
  }

  /** References to enums and other unions are opened; what they hold is matched by name again. */
  followScalars(): void {
    const { before, after } = this.#comparison;
    const removed = open(this.removed, before);
    const added = open(this.added, after);
    if (removed === null && added === null) return;
    this.removed = removed ?? this.removed;
    this.added = added ?? this.added;
    this.byName();
  }

  /** What is the same under another name; objects by their tag; a list, an object that is the only one left on both sides. */
  byStructure(): void {
    const { before, after } = this.#comparison;
    this.#pairUp((a, b) => this.#areSame(a, b));
    this.#pairUp((a, b) => this.#haveCommonTag(a, b));
    this.#pairLast(isList, isList);
    this.#pairLast(
      (node) => before.objectView(node) !== null,
      (node) => after.objectView(node) !== null,
    );
  }

  #pairLast(isOld: (node: TypeNode) => boolean, isNew: (node: TypeNode) => boolean): void {
    if (this.removed.filter(isOld).length !== 1 || this.added.filter(isNew).length !== 1) return;
    this.#pairUp((a, b) => isOld(a) && isNew(b) && this.#canBeOne(a, b));
  }

  #pairUp(belongTogether: (before: TypeNode, after: TypeNode) => boolean): void {
    this.removed = this.removed.filter((node) => {
      const index = this.added.findIndex(
        (other) => belongTogether(node, other) && this.#canBePaired(node, other),
      );
      const other = this.added[index];
      if (other === undefined) return true;
      this.added.splice(index, 1);
      this.shared++;
      this.#visit(node, other);
      return false;
    });
  }

  /** What would harm by itself but does not in its union is a variant that went beside one that came. */
  #canBePaired(before: TypeNode, after: TypeNode): boolean {
    return !this.#isHarmless || this.#harmsNobody(before, after);
  }

  #harmsNobody(before: TypeNode, after: TypeNode): boolean {
    const old = { node: before, types: this.#comparison.before };
    const young = { node: after, types: this.#comparison.after };
    const { assignability } = this.#comparison;
    return this.#spot.holder.direction === "in"
      ? assignability.fits(old, young)
      : assignability.fits(young, old);
  }

  #visit(before: TypeNode, after: TypeNode): void {
    const { holder, path } = this.#spot;
    this.#comparison.visit({ holder, path: path + this.#label(after) }, before, after);
  }

  /** Which of several objects is meant: `<Card>`. */
  #label(node: TypeNode): string {
    if (!this.#isSeveral) return "";
    if (node.kind === "reference") return `<${node.name}>`;
    const [tag] = tagsOf(this.#comparison.after, node);
    return tag === undefined ? "" : `<${showKey(tag[0])}: ${showValue(tag[1])}>`;
  }

  #haveCommonTag(a: TypeNode, b: TypeNode): boolean {
    const { before, after } = this.#comparison;
    const tags = new Map(tagsOf(after, b));
    return tagsOf(before, a).some(([name, value]) => tags.get(name) === value);
  }

  #areSame(a: TypeNode, b: TypeNode): boolean {
    const { assignability, before, after } = this.#comparison;
    return assignability.same({ node: a, types: before }, { node: b, types: after });
  }

  /** Two references that both contracts know are two types, not one that changed. */
  #canBeOne(a: TypeNode, b: TypeNode): boolean {
    if (a.kind !== "reference" || b.kind !== "reference") return true;
    return this.#comparison.areCounterparts(a.name, b.name);
  }
}

function keyOf(node: TypeNode): string | null {
  switch (node.kind) {
    case "literal":
      if (node.value === null) return "null";
      return `literal ${JSON.stringify(node.value)}`;
    case "reference":
      return `reference ${node.name}`;
    case "open-string":
      return "string";
    case "array":
    case "tuple":
    case "object":
    case "record":
    case "union":
    case "intersection":
      return null;
    default:
      return node.kind;
  }
}

/** The variants with references to what is no object replaced by what they hold; null when there is none. */
function open(nodes: readonly TypeNode[], types: TypeTable): TypeNode[] | null {
  let opened = false;
  const all = nodes.flatMap((node): readonly TypeNode[] => {
    if (node.kind !== "reference" || types.objectView(node) !== null) return [node];
    opened = true;
    const inner = types.variants(types.resolve(node));
    return open(inner, types) ?? inner;
  });
  return opened ? all : null;
}

function isList({ kind }: TypeNode): boolean {
  return kind === "array" || kind === "tuple";
}

/** Members of an object that can only have one text. */
function tagsOf(types: TypeTable, node: TypeNode): [string, string][] {
  const view = types.objectView(node);
  if (view === null) return [];
  return [...view.members.values()].flatMap(({ name, type, optional }): [string, string][] => {
    const found = types.resolve(type);
    const isTag = !optional && found.kind === "literal" && typeof found.value === "string";
    return isTag ? [[name, String(found.value)]] : [];
  });
}
