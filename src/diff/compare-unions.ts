import type { LiteralNode, TypeNode } from "../ir/type-node.js";
import { showKey, showType, showValue } from "./show-type.js";
import type { TypeComparison } from "./type-comparison.js";
import type { Spot } from "./type-difference.js";
import type { TypeTable } from "./type-table.js";
import { narrowed, retyped, review, widened } from "./verdict.js";

/** Variants that belong together are compared, the others came or went. */
export function compareUnions(
  comparison: TypeComparison,
  spot: Spot,
  before: TypeNode,
  after: TypeNode,
): void {
  const matching = new Matching(comparison, spot, before, after);
  matching.byName();
  matching.followScalars();
  matching.byStructure();
  judge(comparison, spot, before, after, matching);
}

/** A type that took the place of another, with nothing inside to compare. */
export function reportRetype(
  comparison: TypeComparison,
  spot: Spot,
  before: TypeNode,
  after: TypeNode,
): void {
  judge(comparison, spot, before, after, { removed: [before], added: [after], shared: 0 });
}

class Matching {
  removed: TypeNode[];
  added: TypeNode[];
  /** How many variants, null apart, stand on both sides. */
  shared = 0;
  readonly #comparison: TypeComparison;
  readonly #spot: Spot;
  readonly #isSeveral: boolean;

  constructor(comparison: TypeComparison, spot: Spot, before: TypeNode, after: TypeNode) {
    this.#comparison = comparison;
    this.#spot = spot;
    this.removed = [...comparison.before.variants(before)];
    this.added = [...comparison.after.variants(after)];
    const structures = this.added.filter((node) => comparison.after.objectView(node) !== null);
    this.#isSeveral = structures.length > 1;
  }

  /** Scalars by what they are, references by name. */
  byName(): void {
    const waiting = new Map(this.added.map((node) => [keyOf(node), node]));
    const used = new Set<TypeNode>();
    this.removed = this.removed.filter((node) => {
      const key = keyOf(node);
      const other = key === null ? undefined : waiting.get(key);
      if (other === undefined) return true;
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

  /** Lists with lists; objects by their tag, by a name that only one side knows, or because there is only one left. */
  byStructure(): void {
    this.#pairUp((a, b) => isList(a) && isList(b));
    this.#pairUp((a, b) => this.#haveCommonTag(a, b));
    this.#pairUp(
      (a, b) =>
        a.kind === "reference" &&
        b.kind === "reference" &&
        this.#comparison.areCounterparts(a.name, b.name) &&
        this.#areSame(a, b),
    );
    const { before, after } = this.#comparison;
    const oldObjects = this.removed.filter((node) => before.objectView(node) !== null);
    const newObjects = this.added.filter((node) => after.objectView(node) !== null);
    const [old] = oldObjects;
    const [young] = newObjects;
    if (oldObjects.length === 1 && newObjects.length === 1) {
      this.#pairUp((a, b) => a === old && b === young && this.#canBeOne(a, b));
    } else if (oldObjects.length > 0) {
      this.#pairUp(
        (a, b) => oldObjects.includes(a) && newObjects.includes(b) && this.#areSame(a, b),
      );
    }
  }

  #pairUp(belongTogether: (before: TypeNode, after: TypeNode) => boolean): void {
    this.removed = this.removed.filter((node) => {
      const index = this.added.findIndex((other) => belongTogether(node, other));
      const other = this.added[index];
      if (other === undefined) return true;
      this.added.splice(index, 1);
      this.shared++;
      this.#visit(node, other);
      return false;
    });
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

interface Unmatched {
  readonly removed: readonly TypeNode[];
  readonly added: readonly TypeNode[];
  readonly shared: number;
}

function judge(
  comparison: TypeComparison,
  spot: Spot,
  before: TypeNode,
  after: TypeNode,
  { removed, added, shared }: Unmatched,
): void {
  const old = { node: before, types: comparison.before };
  const young = { node: after, types: comparison.after };
  const { assignability } = comparison;
  const wide = added.filter((node) => !assignability.fits({ ...young, node }, old));
  const narrow = removed.filter((node) => !assignability.fits({ ...old, node }, young));
  const shown = { before: showType(before), after: showType(after) };
  const { direction } = spot.holder;

  const isNull = ({ kind }: TypeNode): boolean => kind === "null";
  const others = {
    wide: wide.filter((node) => !isNull(node)),
    narrow: narrow.filter((node) => !isNull(node)),
  };
  const overlaps =
    shared > 0 ||
    removed.some((node) => !isNull(node) && !narrow.includes(node)) ||
    added.some((node) => !isNull(node) && !wide.includes(node));
  const isRetyped =
    wide.length > 0 &&
    narrow.length > 0 &&
    (!overlaps || (shared === 0 && others.wide.length > 0 && others.narrow.length > 0));
  if (isRetyped) {
    comparison.report(spot, {
      kind: "type-changed",
      summary: `is now ${shown.after}, was ${shown.before}`,
      ...shown,
      ...retyped(direction),
    });
    return;
  }
  if (wide.some(isNull)) {
    comparison.report(spot, {
      kind: "null-added",
      summary: "may now be null",
      ...shown,
      ...widened(direction),
    });
  }
  if (narrow.some(isNull)) {
    comparison.report(spot, {
      kind: "null-removed",
      summary: "is no longer null",
      ...shown,
      ...narrowed(direction),
    });
  }
  if (others.wide.length > 0) reportWide(comparison, spot, others.wide, shared, shown);
  if (others.narrow.length > 0) reportNarrow(comparison, spot, others.narrow, shared, shown);
}

interface Shown {
  readonly before: string;
  readonly after: string;
}

function reportWide(
  comparison: TypeComparison,
  spot: Spot,
  added: readonly TypeNode[],
  shared: number,
  shown: Shown,
): void {
  const { direction } = spot.holder;
  if (added.every(isValue) && shared > 0) {
    comparison.report(spot, {
      kind: "values-added",
      summary: `may now be ${listTypes(added)}`,
      ...shown,
      ...(direction === "in"
        ? widened(direction)
        : review(
            "clients generated earlier can receive a value that they do not know, and code that handles every value must handle it to compile",
            ["clients", "code"],
          )),
    });
  } else if (shared > 0) {
    comparison.report(spot, {
      kind: "variants-added",
      summary: `may now be ${listTypes(added)}`,
      ...shown,
      ...widened(direction),
    });
  } else {
    comparison.report(spot, {
      kind: "type-widened",
      summary: `is now ${shown.after}, was ${shown.before}`,
      ...shown,
      ...widened(direction),
    });
  }
}

function reportNarrow(
  comparison: TypeComparison,
  spot: Spot,
  removed: readonly TypeNode[],
  shared: number,
  shown: Shown,
): void {
  const isPart = shared > 0;
  comparison.report(spot, {
    kind: !isPart
      ? "type-narrowed"
      : removed.every(isValue)
        ? "values-removed"
        : "variants-removed",
    summary: isPart
      ? `can no longer be ${listTypes(removed)}`
      : `is now ${shown.after}, was ${shown.before}`,
    ...shown,
    ...narrowed(spot.holder.direction),
  });
}

/** One of a closed list. */
function isValue(node: TypeNode): node is LiteralNode {
  return node.kind === "literal" || node.kind === "open-string";
}

const mostNamed = 4;

/** `"red", "green" or 3 more`. */
function listTypes(nodes: readonly TypeNode[]): string {
  const named = nodes.slice(0, mostNamed).map(showType);
  const more = nodes.length - named.length;
  if (more > 0) return `${named.join(", ")} or ${String(more)} more`;
  const last = named.pop() ?? "";
  return named.length === 0 ? last : `${named.join(", ")} or ${last}`;
}
