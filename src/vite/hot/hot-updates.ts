import type { DevEnvironment, ViteDevServer } from "vite";
import { concernedModules, type HotGraph, type HotModule } from "./concerned-modules.js";
import { moduleFacts, type ModuleFacts } from "./module-facts.js";

/** How long to wait for further files of the same run: who uses several is updated once. */
const together = 25;

export interface HotChange<Module> {
  readonly file: string;
  readonly type: "create" | "update" | "delete";
  readonly timestamp: number;
  /** What Vite would update. */
  readonly modules: readonly Module[];
}

/** Decides which modules are updated when a generated file changes, in the client of one server. */
export class HotUpdates {
  readonly #isGenerated: (file: string) => boolean;
  /** Of each module as it was last transformed; parsed when it is asked for. */
  readonly #facts = new Map<string, () => ModuleFacts>();
  /** Of each module as it was when pages last heard of it: a request may come between a change and its event. */
  readonly #announced = new Map<string, () => ModuleFacts>();

  readonly #isAwaited: () => boolean;
  readonly #due = new Map<HotModule, ClientGraph>();
  #choosing = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param isAwaited whether there are written files that Vite has not told of yet */
  constructor(isGenerated: (file: string) => boolean, isAwaited: () => boolean) {
    this.#isGenerated = isGenerated;
    this.#isAwaited = isAwaited;
  }

  /** Remembers a module of the app. @param parse the parser of Vite */
  remember(id: string, code: string, parse: (code: string) => object): void {
    if (id.includes("/node_modules/") || id.startsWith("\0")) {
      if (!this.#isGenerated(id)) return;
    }
    let facts: ModuleFacts | undefined;
    const read = (): ModuleFacts => (facts ??= moduleFacts(parse(code)));
    this.#facts.set(id, read);
    if (!this.#announced.has(id)) this.#announced.set(id, read);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /**
   * The modules that Vite is to update now, or undefined where it decides. Those of the user are updated apart: hooks of other plugins
   * would drop a module whose own code is as it was.
   */
  async choose<Module extends HotModule>(
    change: HotChange<Module>,
    server: ViteDevServer,
  ): Promise<Module[] | undefined> {
    this.#choosing++;
    try {
      return await this.#choose(change, server);
    } finally {
      this.#choosing--;
    }
  }

  async #choose<Module extends HotModule>(
    { file, type, timestamp, modules }: HotChange<Module>,
    server: ViteDevServer,
  ): Promise<Module[] | undefined> {
    const [module] = modules;
    if (module === undefined || modules.length > 1 || module.id !== file) return undefined;
    const before = attempt(this.#announced.get(file));
    if (before === undefined || type === "create") return undefined;
    const read = (id: string): ModuleFacts | undefined => attempt(this.#facts.get(id));
    const graph = graphOf(server, read, this.#isGenerated);
    const after = type === "delete" ? null : await graph.renew(module);
    const latest = this.#facts.get(file);
    if (latest === undefined || type === "delete") this.#announced.delete(file);
    else this.#announced.set(file, latest);
    if (after === undefined) return undefined;
    if (after?.digest === before.digest) return [];
    if (after?.digestWithoutFingerprint === before.digestWithoutFingerprint) return [module];
    const concerned = await concernedModules(module, before, after, graph);
    if (concerned === null) return undefined;
    for (const one of concerned.generated) one.lastHMRTimestamp = timestamp;
    // Those that import it may have been transformed meanwhile, without the new time in their imports.
    graph.invalidate(module);
    for (const one of concerned.users) this.#due.set(one, graph);
    this.#updateSoon();
    return [];
  }

  #updateSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#choosing > 0 || this.#isAwaited()) return this.#updateSoon();
      for (const [module, graph] of this.#due) graph.reload(module);
      this.#due.clear();
    }, together);
  }
}

/** What is known of a module; undefined also where the parser does not understand it. */
function attempt(read: (() => ModuleFacts) | undefined): ModuleFacts | undefined {
  try {
    return read?.();
  } catch {
    return undefined;
  }
}

interface ClientGraph extends HotGraph {
  readonly renew: (module: HotModule) => Promise<ModuleFacts | undefined>;
  readonly invalidate: (module: HotModule) => void;
  readonly reload: (module: HotModule) => void;
}

/** The graph of the client, in Vite 6 and later by environment. */
function graphOf(
  server: ViteDevServer,
  read: (id: string) => ModuleFacts | undefined,
  isGenerated: (file: string) => boolean,
): ClientGraph {
  const client = (server.environments as Record<string, DevEnvironment> | undefined)?.["client"];
  const whole = client ?? server;
  const renew = async (module: HotModule): Promise<ModuleFacts | undefined> => {
    try {
      await whole.transformRequest(module.url);
    } catch {
      return undefined;
    }
    return read(module.id ?? "");
  };
  return {
    renew,
    invalidate(module) {
      const graph: { invalidateModule(module: HotModule): void } = whole.moduleGraph;
      graph.invalidateModule(module);
    },
    reload(module) {
      const graph: { reloadModule(module: HotModule): Promise<void> } = whole;
      graph.reloadModule(module).catch((error: unknown) => {
        server.config.logger.error(`mizan-gen: ${String(error)}`);
      });
    },
    factsOf: async (module) => read(module.id ?? "") ?? renew(module),
    async target(source, importer) {
      const resolved = await whole.pluginContainer.resolveId(source, importer.id ?? undefined);
      return resolved === null ? undefined : whole.moduleGraph.getModuleById(resolved.id);
    },
    isGenerated: (module) => isGenerated(module.id ?? ""),
  };
}
