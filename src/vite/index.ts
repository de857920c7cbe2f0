import type { MizanOptions } from "./options.js";
import { createPlugin } from "./plugin.js";

export type { MizanOptions } from "./options.js";

/** A plugin of Vite 5 and later. Its hooks are Vite's business, so no version of Vite's types is asked for. */
export interface MizanPlugin {
  readonly name: string;
}

/**
 * Generates inside of Vite. `vite dev` watches, shows errors in the page and updates what has changed; `vite build` checks that the
 * generated files are what the document gives.
 *
 * @example
 * export default defineConfig({ plugins: [mizan({ input: "openapi.json", output: "src/mizan" })] });
 */
export default function mizan(options: MizanOptions = {}): MizanPlugin {
  return createPlugin(options);
}
