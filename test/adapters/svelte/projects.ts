import { join, resolve } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { TestProjectInlineConfiguration } from "vitest/config";

const root = resolve(import.meta.dirname, "../../..");
const here = "test/adapters/svelte";

/**
 * Vitest projects over the generated bookshop client, each with a copy of its own: components in a page and
 * on a server, each without and with Svelte's async mode.
 */
export const svelteProjects: TestProjectInlineConfiguration[] = [
  project("svelte", ["client"], { page: true }),
  project("svelte-async", ["client", "async"], { page: true, async: true }),
  project("svelte-server", ["server"]),
  project("svelte-server-async", ["server", "server-async"], { async: true }),
];

function project(
  name: string,
  folders: readonly string[],
  { page = false, async = false } = {},
): TestProjectInlineConfiguration {
  const client = join(root, ".cache/adapters/svelte", name);
  return {
    extends: true,
    plugins: [
      svelte({
        configFile: false,
        compilerOptions: { dev: true, ...(async && { experimental: { async } }) },
      }),
    ],
    resolve: {
      alias: [
        { find: "@client/svelte", replacement: join(client, "svelte/index.ts") },
        { find: "@client", replacement: join(client, "index.ts") },
      ],
      ...(page && { conditions: ["browser"] }),
    },
    test: {
      name,
      include: folders.map((folder) => `${here}/${folder}/**/*.test.ts`),
      exclude: ["**/node_modules/**"],
      globalSetup: [`${here}/generate-client.ts`],
      environment: page ? "jsdom" : "node",
    },
  };
}
