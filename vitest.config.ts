import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

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
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "backends/typescript/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    setupFiles: ["test/setup/property-tests.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
