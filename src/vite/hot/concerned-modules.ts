import type { ModuleFacts, Use } from "./module-facts.js";

/** What is needed of a node in Vite's graph of modules, of any version. */
export interface HotModule {
  readonly id: string | null;
  readonly url: string;
  readonly importers: ReadonlySet<HotModule>;
  readonly acceptedHmrDeps: ReadonlySet<HotModule>;
  lastHMRTimestamp: number;
}

export interface HotGraph {
  /** Of the module as it is now. */
  readonly factsOf: (module: HotModule) => Promise<ModuleFacts | undefined>;
  /** The module that an import leads to. */
  readonly target: (source: string, importer: HotModule) => Promise<HotModule | undefined>;
  readonly isGenerated: (module: HotModule) => boolean;
}

export interface Concerned {
  /** Generated modules that have to be loaded anew. */
  readonly generated: ReadonlySet<HotModule>;
  /** Modules of the user that have to be updated. */
  readonly users: ReadonlySet<HotModule>;
}

/** The code is not understood: Vite decides, by files instead of names. */
class NotUnderstood extends Error {}

/**
 * Whom a change of a generated module concerns. Nearly everything in an app imports `index.ts`, so by files each change would reach the
 * entry and reload the page; by the names that are imported it reaches those who use what has changed. Null when that cannot be told.
 *
 * @param after null when the module is gone
 */
export async function concernedModules(
  changed: HotModule,
  before: ModuleFacts,
  after: ModuleFacts | null,
  graph: HotGraph,
): Promise<Concerned | null> {
  const names = new Map<HotModule, Set<string>>();
  const users = new Set<HotModule>();
  const queue: HotModule[] = [];
  const add = (module: HotModule, added: Iterable<string>): void => {
    const known = names.get(module) ?? new Set();
    const size = known.size;
    for (const name of added) known.add(name);
    names.set(module, known);
    if (known.size > size) queue.push(module);
  };
  try {
    add(changed, await changedNames(changed, before, after, graph));
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
      const own = names.get(module) ?? new Set();
      for (const importer of module.importers) {
        if (importer === module) continue;
        // The user's own handling of updates.
        if (importer.acceptedHmrDeps.has(module)) return null;
        const reach = await reachOf(importer, module, own, graph);
        if (reach === null) continue;
        if (graph.isGenerated(importer)) add(importer, reach);
        else users.add(importer);
      }
    }
  } catch (error) {
    if (error instanceof NotUnderstood) return null;
    throw error;
  }
  return { generated: new Set(names.keys()), users };
}

/** Names by which something else is exported now. */
async function changedNames(
  module: HotModule,
  before: ModuleFacts,
  after: ModuleFacts | null,
  graph: HotGraph,
): Promise<ReadonlySet<string>> {
  const old = await namesOf(module, before, graph);
  const now = after === null ? new Set<string>() : await namesOf(module, after, graph);
  if (after === null || !before.isBarrel || !after.isBarrel) return new Set([...old, ...now]);
  return new Set([...old, ...now].filter((name) => !old.has(name) || !now.has(name)));
}

/** The names of the importer that a change of these names concerns; null when it is none of its business. */
async function reachOf(
  importer: HotModule,
  module: HotModule,
  changed: ReadonlySet<string>,
  graph: HotGraph,
): Promise<ReadonlySet<string> | null> {
  const facts = await graph.factsOf(importer);
  if (facts === undefined) throw new NotUnderstood();
  const uses: Use[] = [];
  for (const use of facts.uses) {
    if ((await graph.target(use.source, importer)) === module) uses.push(use);
  }
  // Imported in a way that is not seen here.
  if (uses.length === 0) throw new NotUnderstood();
  const reach = new Set<string>();
  let isReached = false;
  for (const { imports, forwards, forwardsAll } of uses) {
    if (imports === "all" ? changed.size > 0 : [...imports].some((name) => changed.has(name))) {
      isReached = true;
      for (const name of await namesOf(importer, facts, graph)) reach.add(name);
    }
    for (const [name, exported] of forwards) if (changed.has(name)) reach.add(exported);
    if (forwardsAll) for (const name of changed) if (name !== "default") reach.add(name);
  }
  return isReached || reach.size > 0 ? reach : null;
}

/** Every name that a module exports. */
async function namesOf(
  module: HotModule,
  facts: ModuleFacts,
  graph: HotGraph,
  seen: ReadonlySet<HotModule> = new Set(),
): Promise<ReadonlySet<string>> {
  const names = new Set(facts.exports);
  const path = new Set([...seen, module]);
  for (const { source, forwards, forwardsAll } of facts.uses) {
    for (const exported of forwards.values()) names.add(exported);
    if (!forwardsAll) continue;
    const target = await graph.target(source, module);
    if (target !== undefined && path.has(target)) continue;
    const theirs = target && (await graph.factsOf(target));
    if (target === undefined || theirs === undefined) throw new NotUnderstood();
    for (const name of await namesOf(target, theirs, graph, path)) {
      if (name !== "default") names.add(name);
    }
  }
  return names;
}
