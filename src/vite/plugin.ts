import type { Plugin, ResolvedConfig } from "vite";
import { DevSession } from "./dev-session.js";
import { liveContract } from "./hot/live-contract.js";
import type { MizanOptions } from "./options.js";
import { readOptions, type PluginSettings } from "./read-options.js";
import { runBuildStep } from "./build-step.js";
import { isViteClient, overlayClient } from "./overlay-client.js";

/** The hooks behind the plugin; types of Vite stay in here (docs/decisions/085). */
export function createPlugin(options: MizanOptions): Plugin {
  /** One plugin may serve several servers: while one restarts there are two. */
  const sessions: DevSession[] = [];
  let settings: PluginSettings;
  let config: ResolvedConfig;

  /** Vite 5 has no environments; then the server that was made first is closed first. */
  const sessionOf = (environment: unknown): DevSession | undefined =>
    environment === undefined
      ? sessions[0]
      : sessions.find(({ server }) =>
          Object.values(server.environments).some((one) => one === environment),
        );

  return {
    name: "mizan-gen",
    // After the plugins that compile components, before Vite looks for imports and `import.meta.hot`.
    enforce: "post",

    configResolved(resolved) {
      config = resolved;
      settings = readOptions(options, resolved.root);
    },

    async configureServer(server) {
      if (settings.dev === "off" || isVitest(config)) return;
      const session = new DevSession(server, settings);
      sessions.push(session);
      await session.start();
    },

    transform(code, id, transformOptions) {
      const session = sessionOf(this.environment);
      if (session === undefined || transformOptions?.ssr) return undefined;
      if (isViteClient(id, code)) return { code: code + overlayClient, map: null };
      session.hot.remember(id, code, (text) => this.parse(text));
      const isContract = session.outputOf(id) === id.replace(/\/contract\.ts$/, "");
      return isContract ? { code: code + liveContract, map: null } : undefined;
    },

    async hotUpdate(change) {
      const session = sessionOf(this.environment);
      if (this.environment.name !== "client" || !session?.outputOf(change.file)) return undefined;
      return session.hot.choose(change, change.server);
    },

    /** The same in Vite 5. */
    async handleHotUpdate(change) {
      const [session] = sessions;
      if (!session?.outputOf(change.file)) return undefined;
      return session.hot.choose({ ...change, type: "update" }, change.server);
    },

    async buildStart() {
      if (config.command !== "build") return;
      const { error, warning } = await runBuildStep(settings);
      if (warning !== undefined) this.warn(warning);
      if (error !== undefined) this.error(error);
    },

    /** In `vite dev` this is the end of a server, by whatever way it ends. */
    async buildEnd() {
      const session = sessionOf(this.environment);
      if (session === undefined || config.command === "build") return;
      sessions.splice(sessions.indexOf(session), 1);
      await session.close();
    },
  };
}

/** Vitest runs on a dev server of its own, which has no page: whoever watches files there is `vite dev` beside it. */
function isVitest({ plugins }: ResolvedConfig): boolean {
  return plugins.some(({ name }) => name === "vitest" || name.startsWith("vitest:"));
}
