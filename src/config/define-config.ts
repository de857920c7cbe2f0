import type { Config } from "./config.js";

/**
 * Types a config, so that an editor completes and checks it. Does nothing else.
 *
 * @example
 * export default defineConfig({ input: "openapi.json", output: "src/mizan" });
 */
export function defineConfig<const C extends Config>(config: C): C {
  return config;
}
