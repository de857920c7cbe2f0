import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

/** What a server answers for a component: its markup, and the script with the state of its instance. */
export interface ServedPage {
  readonly body: string;
  readonly script: string;
  readonly observers: number;
}

/** Renders a component of `parts/` in a process of its own, where no page is. */
export function servePage(
  project: string,
  component: string,
  id: number,
  mode?: "async",
): ServedPage {
  const root = resolve(".");
  const client = join(root, ".cache/adapters/svelte", project);
  const program = join(root, "test/adapters/svelte/render-on-server.mjs");
  const args = [program, client, component, String(id), ...(mode === undefined ? [] : [mode])];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as ServedPage;
}
