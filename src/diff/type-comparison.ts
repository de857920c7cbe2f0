import type { Api } from "../ir/api.js";
import type { Docs } from "../ir/docs.js";
import type { Direction, TypeNode } from "../ir/type-node.js";
import { Assignability } from "./assignability.js";
import { compareConstraints } from "./compare-constraints.js";
import { compareObjects } from "./compare-objects.js";
import { compareUnions, reportRetype } from "./compare-unions.js";
import { compareWords } from "./compare-words.js";
import type { Holder, Spot, TypeDifference } from "./type-difference.js";
import { TypeTable } from "./type-table.js";
import { UnchangedTypes } from "./unchanged-types.js";

/**
 * Compares types of two contracts. A pair of named types is compared once for each direction, however many functions reach it and
 * however many circles lead back to it.
 */
export class TypeComparison {
  readonly before: TypeTable;
  readonly after: TypeTable;
  readonly assignability = new Assignability();
  readonly unchanged: UnchangedTypes;
  readonly #pairs = new Map<string, Holder>();
  readonly #waiting: Holder[] = [];

  constructor(before: Api, after: Api) {
    this.before = new TypeTable(before);
    this.after = new TypeTable(after);
    this.unchanged = new UnchangedTypes(before, after);
  }

  /** Compares what a function holds at one place. Nested named types are pairs of their own, at the ends of the edges. */
  compare(before: TypeNode, after: TypeNode, direction: Direction): Holder {
    const holder: Holder = { direction, types: null, differences: [], edges: [] };
    this.visit({ holder, path: "" }, before, after);
    for (let pair = this.#waiting.pop(); pair !== undefined; pair = this.#waiting.pop()) {
      if (pair.types === null) continue;
      const { before: old, after: young } = pair.types;
      this.visit({ holder: pair, path: "" }, old.type, young.type);
      this.reportDocs({ holder: pair, path: "" }, old.docs, young.docs);
    }
    return holder;
  }

  /** Every pair of named types that was met, in the order met. */
  get pairs(): Iterable<Holder> {
    return this.#pairs.values();
  }

  /** @internal One step down, for the comparisons of unions and objects. */
  visit(spot: Spot, before: TypeNode, after: TypeNode): void {
    if (this.unchanged.areSame(before, after)) return;
    if (before.kind === "reference" && after.kind === "reference") {
      if (this.areCounterparts(before.name, after.name)) {
        spot.holder.edges.push({
          path: spot.path,
          to: this.#pair(before.name, after.name, spot.holder.direction),
        });
      } else {
        reportRetype(this, spot, before, after);
      }
      return;
    }
    if (before.kind === "union" || after.kind === "union") {
      compareUnions(this, spot, before, after);
      return;
    }
    if (before.kind === "reference" || after.kind === "reference") {
      this.visit(spot, this.before.resolve(before), this.after.resolve(after));
      return;
    }
    this.#compareStructure(spot, before, after);
  }

  /** @internal */
  report(spot: Spot, difference: Omit<TypeDifference, "path">): void {
    spot.holder.differences.push({ ...difference, path: spot.path });
  }

  /** @internal What is said of a value beside its type. */
  reportDocs(spot: Spot, before: Docs | undefined, after: Docs | undefined): void {
    if (before === after) return;
    const changes = compareConstraints(before, after, spot.holder.direction);
    for (const change of changes) this.report(spot, change);
    for (const { verdict, ...change } of compareWords(before, after)) {
      this.report(spot, { ...change, ...verdict });
    }
  }

  /** Whether one name stands for the other: the same, or each is unknown to the other contract (a renamed type). */
  areCounterparts(before: string, after: string): boolean {
    if (before === after) return true;
    return !(this.after.has(before) && this.before.has(after));
  }

  #compareStructure(spot: Spot, before: TypeNode, after: TypeNode): void {
    if (before.kind === "array" && after.kind === "array") {
      this.visit({ ...spot, path: `${spot.path}[]` }, before.element, after.element);
      return;
    }
    if (before.kind === "tuple" && after.kind === "tuple") {
      const isAligned =
        before.elements.length === after.elements.length &&
        before.elements.every(
          ({ optional }, index) => optional === after.elements[index]?.optional,
        ) &&
        (before.rest === undefined) === (after.rest === undefined);
      if (isAligned) {
        before.elements.forEach(({ type }, index) => {
          const other = after.elements[index];
          if (other === undefined) return;
          this.visit({ ...spot, path: `${spot.path}[${String(index)}]` }, type, other.type);
        });
        if (before.rest !== undefined && after.rest !== undefined) {
          this.visit({ ...spot, path: `${spot.path}[]` }, before.rest, after.rest);
        }
        return;
      }
    }
    if (before.kind === "intersection" && after.kind === "intersection") {
      const others = after.members;
      if (
        before.members.length === others.length &&
        before.members.every((member, index) => isAligned(member, others[index]))
      ) {
        before.members.forEach((member, index) => {
          const other = others[index];
          if (other !== undefined) this.visit(spot, member, other);
        });
        return;
      }
    }
    const views = {
      before: this.before.objectView(before),
      after: this.after.objectView(after),
    };
    if (views.before !== null && views.after !== null) {
      compareObjects(this, spot, views.before, views.after);
      return;
    }
    reportRetype(this, spot, before, after);
  }

  #pair(before: string, after: string, direction: Direction): Holder {
    const key = `${direction} ${before} ${after}`;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const types = { before: this.before.named(before), after: this.after.named(after) };
    const holder: Holder = { direction, types, differences: [], edges: [] };
    this.#pairs.set(key, holder);
    this.#waiting.push(holder);
    return holder;
  }
}

/** Parts of two intersections that can be compared part by part without mistaking one for another. */
function isAligned(a: TypeNode, b: TypeNode | undefined): boolean {
  if (b?.kind !== a.kind) return false;
  if (a.kind === "reference") return b.kind === "reference" && a.name === b.name;
  return a.kind === "object" || a.kind === "record" || a.kind === "union";
}
