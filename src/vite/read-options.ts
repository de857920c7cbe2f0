import type { WatchOptions } from "../watch.js";
import type { MizanOptions } from "./options.js";

export interface PluginSettings {
  readonly build: "check" | "generate" | "off";
  readonly dev: "watch" | "off";
  readonly overlay: boolean;
  readonly generator: Omit<WatchOptions, "cwd"> & { readonly cwd: string };
}

/** Splits what the plugin is told from what the generator is told. */
export function readOptions(
  { build = "check", dev = "watch", overlay = true, ...rest }: MizanOptions,
  root: string,
): PluginSettings {
  for (const [name, value, known] of [
    ["build", build, ["check", "generate", "off"]],
    ["dev", dev, ["watch", "off"]],
    ["overlay", overlay, [true, false]],
  ] as const) {
    if (known.some((one) => one === value)) continue;
    const expected = known.map((one) => JSON.stringify(one)).join(", ");
    throw new Error(
      `mizan-gen: option "${name}" of the Vite plugin must be one of ${expected}, not ${JSON.stringify(value)}`,
    );
  }
  return { build, dev, overlay, generator: { ...rest, cwd: rest.cwd ?? root } };
}
