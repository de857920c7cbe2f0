import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { svelteProjects } from "./test/adapters/svelte/projects.js";

/** A source of the TypeScript producer, which its examples import by the name of the package. */
const producer = (path: string): string =>
  fileURLToPath(new URL(`backends/typescript/src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^mizan-server$/, replacement: producer("index.ts") },
      { find: /^mizan-server\/node$/, replacement: producer("node/index.ts") },
      { find: /^mizan-server\/valibot$/, replacement: producer("schema/valibot.ts") },
    ],
  },
  test: {
    setupFiles: ["test/setup/property-tests.ts"],
    // As many as cores, where vitest would leave one free: many tests wait for a server, a browser or a file system.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["src/**/*.test.ts", "test/**/*.test.ts", "backends/typescript/**/*.test.ts"],
          // Tests of Svelte components have projects of their own.
          exclude: [
            "**/node_modules/**",
            "test/adapters/svelte/{client,async,server,server-async}/**",
          ],
        },
      },
      ...svelteProjects,
    ],
  },
});
