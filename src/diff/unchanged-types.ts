import type { Api, NamedType } from "../ir/api.js";
import type { TypeNode } from "../ir/type-node.js";
import { partsOf } from "./reachable-types.js";

/**
 * Which types are the very same in two contracts, with all that they refer to: those of two builds of a watch, of which the second has
 * kept what it did not build anew. In contracts that were read apart there are none, and nothing is looked for.
 */
export class UnchangedTypes {
  readonly #before: Api;
  readonly #after: Api;
  #changed: ReadonlySet<string> | undefined;

  constructor(before: Api, after: Api) {
    this.#before = before;
    this.#after = after;
  }

  /** Whether it is one object, and no type that it reaches is another one than it was. */
  areSame(before: TypeNode, after: TypeNode): boolean {
    return before === after && this.#isUnchanged(after);
  }

  /** {@link areSame} of nodes that are known to be one object each. */
  areUnchanged(nodes: readonly TypeNode[]): boolean {
    return nodes.every((node) => this.#isUnchanged(node));
  }

  #isUnchanged(root: TypeNode): boolean {
    this.#changed ??= changedNames(this.#before, this.#after);
    return this.#changed.size === 0 || !refersTo(root, this.#changed);
  }
}

/** Names of the types that are others than they were, or lead to one that is. */
function changedNames(before: Api, after: Api): ReadonlySet<string> {
  const old = new Map(before.types.map((type) => [type.name, type]));
  const unchanged: NamedType[] = [];
  const changed = new Set<string>(old.keys());
  for (const type of after.types) {
    if (old.get(type.name) === type) {
      unchanged.push(type);
      changed.delete(type.name);
    } else changed.add(type.name);
  }
  if (changed.size === 0) return changed;
  const users = new Map<string, string[]>();
  for (const { name, type } of unchanged) {
    for (const reference of referencesOf(type)) {
      const known = users.get(reference);
      if (known === undefined) users.set(reference, [name]);
      else known.push(name);
    }
  }
  // A set goes on to what is added to it on the way.
  for (const name of changed) for (const user of users.get(name) ?? []) changed.add(user);
  return changed;
}

function refersTo(root: TypeNode, names: ReadonlySet<string>): boolean {
  for (const name of referencesOf(root)) if (names.has(name)) return true;
  return false;
}

function* referencesOf(root: TypeNode): Iterable<string> {
  const open: TypeNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "reference") yield node.name;
    else open.push(...partsOf(node));
  }
}
