import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { emitClient } from "../../../src/emit/emit-client.js";
import { emitAdapters } from "../../../src/emit/stage2/emit-adapters.js";
import { synthetic } from "../../../src/emit/test/synthetic.js";
import { snapshotOptions } from "../../snapshots/fixtures.js";

const folder = resolve(import.meta.dirname, "../../../.cache/adapters/react/bundle");

/** The scripts of Vite's production build of an app with this main module, React left out. */
async function bundle(name: string, main: string): Promise<string> {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "index.html"), `<script type="module" src="./main.ts"></script>`);
  writeFileSync(join(root, "main.ts"), main);
  const built = await build({
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [react()],
    build: { write: false, minify: false, rolldownOptions: { external: /^react/ } },
  });
  if (Array.isArray(built) || !("output" in built)) throw new Error("one build was asked for");
  return built.output.map((file) => (file.type === "chunk" ? file.code : "")).join("\n");
}

/** Wire names of functions and contexts that a bundle speaks of. */
const namesIn = (code: string): string[] =>
  [...new Set(code.match(/\b(?:change_record|record|group)_\d+\b/g))].sort();

describe("an app that uses 1 of 1000 functions, as Vite builds it", () => {
  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    const api = synthetic(1000);
    const options = { ...snapshotOptions, targets: ["react"] as const };
    for (const { path, text } of [
      ...emitClient(api, options),
      ...(await emitAdapters(api, options)),
    ]) {
      mkdirSync(dirname(join(folder, "mizan", path)), { recursive: true });
      writeFileSync(join(folder, "mizan", path), text);
    }
  });

  it("carries that mutation and what it merges into, and no other", async () => {
    const code = await bundle(
      "mutation",
      `import { useChangeRecord7 } from "../mizan/react/index.js"; console.log(useChangeRecord7);`,
    );
    expect(namesIn(code)).toEqual(["change_record_7", "group_1", "record_7"]);
  });

  it("carries that query's context, and no other", async () => {
    const code = await bundle(
      "query",
      `import { useRecord7 } from "../mizan/react/index.js"; console.log(useRecord7);`,
    );
    expect(namesIn(code)).toEqual(["group_1", "record_4", "record_5", "record_6", "record_7"]);
    expect(code).not.toContain("useContextSuspense");
    expect(code).not.toContain("useMutation");
  });
});
