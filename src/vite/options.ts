import type { WatchOptions } from "../watch.js";

/** What the plugin does, as options. Those of a project win over the config file, as flags of the command line do. */
export interface MizanOptions extends Omit<WatchOptions, "cwd" | "force" | "signal"> {
  /** What relative paths are relative to, and where a config is looked for (there and above); Vite's `root` when absent. */
  readonly cwd?: string | undefined;
  /**
   * What `vite build` does: `"check"` (the default) fails when the generated files are not what the document gives, `"generate"` writes
   * them first, `"off"` takes them as they are.
   */
  readonly build?: "check" | "generate" | "off" | undefined;
  /** What `vite dev` does: `"watch"` (the default), or `"off"` where another process watches. */
  readonly dev?: "watch" | "off" | undefined;
  /** Whether errors are shown in the page as well; Vite's own `server.hmr.overlay: false` counts too. */
  readonly overlay?: boolean | undefined;
}
