import { defineConfig } from "vitest/config";
import { svelteProjects } from "./test/adapters/svelte/projects.js";

export default defineConfig({
  test: {
    setupFiles: ["test/setup/property-tests.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [
            "**/node_modules/**",
            // Tests in projects of their own.
            "test/adapters/svelte/{client,async,server}/**",
          ],
        },
      },
      ...svelteProjects,
    ],
  },
});
