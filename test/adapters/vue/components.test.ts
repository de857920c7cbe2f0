import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { modes } from "../../compile/compilers.js";
import { writeClient } from "./generate-client.js";

const root = resolve(import.meta.dirname, "../../..");
const folder = join(root, ".cache/adapters/vue/components");
const vueTsc = join(root, "node_modules/vue-tsc/bin/vue-tsc.js");

/** What vue-tsc says of a project, one line for each error. */
async function check(project: string): Promise<string[]> {
  const { stdout } = await execa(process.execPath, [vueTsc, "-p", project, "--pretty", "false"], {
    cwd: root,
    reject: false,
  });
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

function writeProject(name: string, mode: "js" | "none", components: string): string {
  const project = join(folder, name);
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        ...modes[mode],
        // As Nuxt has it: with the types of workers, some of which are looser than those of pages.
        ...(mode === "none" && { lib: ["esnext", "dom", "dom.iterable", "webworker"] }),
        // Components export nothing that could be annotated.
        isolatedDeclarations: false,
        declaration: false,
        jsx: "preserve",
        paths: {
          "@client": [`../client-${mode}/index.ts`],
          "@client/vue": [`../client-${mode}/vue/index.ts`],
          "@expect": ["../expect.ts"],
        },
      },
      vueCompilerOptions: { strictTemplates: true },
      include: [`${components}/**/*.vue`],
    }),
  );
  return project;
}

describe("T2: components that use every composable, under vue-tsc at its strictest", () => {
  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await writeClient("components/client-js");
    await writeClient("components/client-none", { importExtension: "none" });
    cpSync(join(root, "fixtures/types/expect.ts"), join(folder, "expect.ts"));
    cpSync(join(import.meta.dirname, "components"), join(folder, "src"), { recursive: true });
  });

  for (const mode of ["js", "none"] as const) {
    it(`holds with imports spelled "${mode}"`, async () => {
      expect(await check(writeProject(mode, mode, "../src"))).toEqual([]);
    });
  }

  it("A4: the example app holds as well, over the client of the bookshop's backends", async () => {
    const ignored = join(root, "examples/vue/src/mizan");
    for (const name of ["vue", "shared"]) {
      const filter = (path: string): boolean => path !== ignored;
      cpSync(join(root, "examples", name), join(folder, name), { recursive: true, filter });
    }
    await writeClient(
      "components/vue/src/mizan",
      { importExtension: "none" },
      "backends/bookshop.openapi.json",
    );
    expect(await check(join(folder, "vue"))).toEqual([]);
  });

  it("would not hold otherwise: behind each mark of an expected error there is one, in scripts and in templates", async () => {
    const marks = /^.*(@ts-expect-error|@vue-expect-error).*$/gm;
    let expected = 0;
    mkdirSync(join(folder, "bare"), { recursive: true });
    for (const name of readdirSync(join(import.meta.dirname, "components"))) {
      const text = readFileSync(join(import.meta.dirname, "components", name), "utf8");
      expected += text.match(marks)?.length ?? 0;
      writeFileSync(join(folder, "bare", name), text.replace(marks, ""));
    }
    expect(expected).toBeGreaterThan(10);
    expect(await check(writeProject("unmarked", "js", "../bare"))).toHaveLength(expected);
  });
});
