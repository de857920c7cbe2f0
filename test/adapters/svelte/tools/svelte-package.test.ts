import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { generateClient } from "../generate-client.js";

const root = resolve(import.meta.dirname, "../../../..");
const folder = join(root, ".cache/adapters/svelte/package");
const dist = join(folder, "dist");
const run = (tool: string, args: readonly string[]) =>
  execa(process.execPath, [join(root, "node_modules", tool), ...args], { cwd: folder });

const strictest = {
  target: "ES2022",
  lib: ["ES2023", "DOM", "DOM.Iterable"],
  module: "nodenext",
  moduleResolution: "nodenext",
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
};

/** A library of components with the client in it, built with svelte-package. */
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "src/lib"), { recursive: true });
  const client = await generateClient("packaged-client", { importExtension: "js" });
  cpSync(client, join(folder, "src/lib/mizan"), { recursive: true });
  rmSync(client, { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  write("package.json", JSON.stringify({ name: "shop", type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: strictest, include: ["src"] }));
  write("svelte.config.js", "export default {};\n");
  write("src/lib/index.ts", 'export { useUserContext } from "./mizan/svelte/index.js";\n');
  await run("@sveltejs/package/svelte-package.js", ["--input", "src/lib", "--output", "dist"]);
});

describe("a package built by svelte-package from the generated folder (T3)", () => {
  it("keeps the runes, in files that say that they have some", () => {
    const runes = readFileSync(join(dist, "mizan/svelte/runes.svelte.js"), "utf8");
    for (const rune of ["$state(", "$derived(", "$derived.by(", "$effect.pre("]) {
      expect(runes).toContain(rune);
    }
    expect(runes).not.toMatch(/: ContextHandle|<Params extends/);
    for (const name of readdirSync(join(dist, "mizan/svelte"))) {
      const text = readFileSync(join(dist, "mizan/svelte", name), "utf8");
      if (/\$(state|derived|effect)[\w.]*\(/.test(text.replace(/\/\*[^]*?\*\//g, ""))) {
        expect(name).toMatch(/\.svelte\.(js|d\.ts)$/);
      }
    }
  });

  it("reaches the client by ../index alone, with an extension that nodenext resolves (M16)", () => {
    const specifiers = readdirSync(join(dist, "mizan/svelte"))
      .map((name) => readFileSync(join(dist, "mizan/svelte", name), "utf8"))
      .flatMap((text) => [...text.matchAll(/ from "([^"]+)"/g)].map(([, specifier]) => specifier));
    const outside = new Set(specifiers.filter((each) => !each?.startsWith("./")));
    expect([...outside].sort()).toEqual(["../index.js", "svelte"]);
    for (const each of specifiers) if (each?.startsWith(".")) expect(each).toMatch(/\.js$/);
  });

  it("has types that a consumer under nodenext compiles with, libraries checked too", async () => {
    const consumer = join(folder, "consumer");
    mkdirSync(consumer, { recursive: true });
    writeFileSync(
      join(consumer, "index.ts"),
      'import { useUserContext } from "../dist/index.js";\n' +
        "export const name = (): string | undefined =>\n" +
        "  useUserContext(() => ({ user_id: 7 })).slots.user_profile?.name;\n",
    );
    const options = { ...strictest, noEmit: true, skipLibCheck: false };
    writeFileSync(
      join(consumer, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["index.ts"] }),
    );
    const { stdout } = await run("typescript/bin/tsc", ["-p", "consumer"]);
    expect(stdout).toBe("");
  });
});
