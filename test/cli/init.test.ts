import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli, type CliResult, type Project } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

type Files = Readonly<Record<string, string | object>>;

/** A project with a document, in a git repository. */
function repository(files: Files, document = "openapi.json"): Project {
  const project = cli.project({ [document]: shop(), ...files });
  mkdirSync(project.path(".git"));
  return project;
}

/** Everything but the document. */
function written(project: Project): Record<string, string> {
  const { "openapi.json": _, ...tree } = project.tree();
  return tree;
}

describe.concurrent("init", () => {
  it("sets a project up by what it finds, and the project then works", async () => {
    const project = repository({
      "package.json": {
        name: "web",
        dependencies: { react: "^19" },
        devDependencies: { prettier: "3" },
      },
      "tsconfig.json": {},
      "src/main.tsx": "",
    });
    const { exitCode, stdout, stderr } = await project.run(["init", "--yes"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(
      `npm, TypeScript, react

  create  mizan.config.ts  input openapi.json, output src/mizan, targets react
  edit    package.json     scripts mizan, mizan:check, mizan:watch
  create  .gitattributes   src/mizan/** linguist-generated=true
  create  .prettierignore  src/mizan/

wrote 4 files

next:
  npm install --save-dev mizan-gen
  npx mizan-gen
`,
    );
    expect(written(project)).toEqual({
      "package.json": `{
  "name": "web",
  "dependencies": {
    "react": "^19"
  },
  "devDependencies": {
    "prettier": "3"
  },
  "scripts": {
    "mizan": "mizan-gen",
    "mizan:check": "mizan-gen check",
    "mizan:watch": "mizan-gen watch"
  }
}
`,
      "tsconfig.json": "{}\n",
      "src/main.tsx": "",
      "mizan.config.ts": `import { defineConfig } from "mizan-gen";

export default defineConfig({
  input: "openapi.json",
  output: "src/mizan",
  targets: ["react"],
});
`,
      ".gitattributes": "src/mizan/** linguist-generated=true\n",
      ".prettierignore": "src/mizan/\n",
    });
    expect(await project.run([])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await project.run(["check"])).toMatchObject({ exitCode: 0 });
    expect(project.tree("src/mizan")).toHaveProperty(["react/index.ts"]);
  });

  it("run again has nothing to do and changes nothing", async () => {
    const project = repository({
      "package.json": { dependencies: { vue: "3" } },
      "biome.json": { files: { includes: ["**", "!dist"] } },
      ".prettierrc": "{}\n",
    });
    expect(await project.run(["init", "--yes"])).toMatchObject({ exitCode: 0, stderr: "" });
    const before = project.tree();
    const again = await project.run(["init", "--yes"]);
    expect(again).toMatchObject({ exitCode: 0, stderr: "" });
    expect(again.stdout).toMatch(/nothing to do\n$/);
    expect(again.stdout).not.toMatch(/^ {2}(create|edit)/m);
    expect(project.tree()).toEqual(before);
    // Without a terminal as well: there is nothing to ask.
    expect(await project.run(["init"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("--dry-run shows the same and writes nothing", async () => {
    const project = repository({ "package.json": { dependencies: { svelte: "5" } } });
    const before = project.tree();
    const dry = await project.run(["init", "--dry-run"]);
    expect(dry).toMatchObject({ exitCode: 0, stderr: "" });
    expect(dry.stdout).toMatch(/nothing was written\n$/);
    expect(project.tree()).toEqual(before);
    const real = await project.run(["init", "--yes"]);
    const plan = dry.stdout.replace("nothing was written\n", "");
    expect(real.stdout.startsWith(plan)).toBe(true);
  });

  it("without a terminal shows the plan, writes nothing, and says what to add", async () => {
    const project = repository({ "package.json": {} });
    const before = project.tree();
    const { exitCode, stdout, stderr } = await project.run(["init"]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("create  mizan.config.mjs  input openapi.json, output mizan");
    expect(stderr).toContain("error E050  init asks before it writes, and there is no terminal");
    expect(stderr).toContain("help: add --yes to write this");
    expect(project.tree()).toEqual(before);
  });

  it("reports as JSON what became of each file", async () => {
    const project = repository({ "package.json": {} });
    const { stdout } = await project.run(["init", "--yes", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      diagnostics: [],
      files: [
        { path: "mizan.config.mjs", action: "create" },
        { path: "package.json", action: "edit" },
        { path: ".gitattributes", action: "create" },
      ],
    });
  });

  it.each<[string, Files, string]>([
    ["npm", { "package-lock.json": "{}" }, "npm install --save-dev mizan-gen\n  npx mizan-gen"],
    ["pnpm", { "pnpm-lock.yaml": "" }, "pnpm add --save-dev mizan-gen\n  pnpm exec mizan-gen"],
    ["yarn", { "yarn.lock": "" }, "yarn add --dev mizan-gen\n  yarn mizan-gen"],
    ["bun", { "bun.lock": "" }, "bun add --dev mizan-gen\n  bunx mizan-gen"],
    [
      "pnpm",
      { "package.json": { packageManager: "pnpm@10.1.0" }, "yarn.lock": "" },
      "pnpm add --save-dev mizan-gen",
    ],
    [
      "npm",
      { "package.json": { devDependencies: { "mizan-gen": "1" } } },
      "next:\n  npx mizan-gen",
    ],
  ])("knows the package manager: %s of %j", async (name, files, next) => {
    const project = repository({ "package.json": {}, ...files });
    const { stdout } = await project.run(["init", "--yes"]);
    expect(stdout).toMatch(new RegExp(`^${name}, JavaScript\n`));
    expect(stdout).toContain(next);
  });

  it.each<[string, Files, string, string]>([
    ["react", { "src/a.js": "" }, "mizan.config.mjs", "src/mizan"],
    ["vue", { "tsconfig.json": {} }, "mizan.config.ts", "mizan"],
    ["nuxt", { "app/app.vue": "", "tsconfig.json": {} }, "mizan.config.ts", "app/mizan"],
    ["svelte", { "src/a.js": "" }, "mizan.config.mjs", "src/mizan"],
    ["@sveltejs/kit", { "src/lib/index.ts": "" }, "mizan.config.mjs", "src/lib/mizan"],
    ["typescript", { "src/a.ts": "" }, "mizan.config.ts", "src/mizan"],
  ])("knows the layout of a project with %s and %j", async (dependency, files, config, output) => {
    const project = repository({
      "package.json": { dependencies: { [dependency]: "1" } },
      ...files,
    });
    await project.run(["init", "--yes"]);
    expect(project.read(config)).toContain(`output: "${output}"`);
    expect(await project.run([])).toMatchObject({ exitCode: 0 });
    expect(project.tree(output)).toHaveProperty(["index.ts"]);
  });

  it("writes JSON with its schema where there is no package, or where it is asked to", async () => {
    const bare = repository({});
    const { stdout } = await bare.run(["init", "--yes"]);
    expect(stdout).toMatch(/^no package\.json\n/);
    expect(stdout).toMatch(/next:\n {2}npx mizan-gen\n$/);
    expect(Object.keys(written(bare))).toEqual([".gitattributes", "mizan.config.json"]);
    const asked = repository({ "package.json": {}, "tsconfig.json": {} });
    await asked.run(["init", "--yes", "-c", "mizan.config.json", "-t", "vue,react", "-o", "gen"]);
    expect(JSON.parse(asked.read("mizan.config.json"))).toEqual({
      $schema: "./node_modules/mizan-gen/config.schema.json",
      input: "openapi.json",
      output: "gen",
      targets: ["vue", "react"],
    });
    expect(await asked.run([])).toMatchObject({ exitCode: 0, stderr: "" });
    const nested = repository({
      "node_modules/mizan-gen/config.schema.json": {},
      "apps/web/package.json": {},
    });
    await nested.run(["init", "--yes", "-c", "apps/web/mizan.config.json"]);
    expect(nested.read("apps/web/mizan.config.json")).toContain(
      '"$schema": "../../node_modules/mizan-gen/config.schema.json"',
    );
  });
});

describe.concurrent("init keeps", () => {
  it("the layout of package.json: tabs, CRLF, order, mark, no line end", async () => {
    const text =
      '\ufeff{\r\n\t"name": "x",\r\n\t"scripts": { "dev": "vite" },\r\n\t"files": ["a",   "b"]\r\n}';
    const project = repository({ "package.json": text });
    expect(await project.run(["init", "--yes"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.read("package.json")).toBe(
      '\ufeff{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"dev": "vite",\r\n\t\t"mizan": "mizan-gen",\r\n\t\t"mizan:check": "mizan-gen check",\r\n\t\t"mizan:watch": "mizan-gen watch"\r\n\t},\r\n\t"files": ["a",   "b"]\r\n}',
    );
    const config = project.read("mizan.config.mjs");
    expect(config).toContain('\r\n\tinput: "openapi.json",\r\n');
    expect(config.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("scripts and lines that are there, in whatever way they say it", async () => {
    const project = repository({
      "package.json": {
        dependencies: { react: "19" },
        scripts: { mizan: "something else", "mizan:watch": "mizan-gen watch" },
      },
      "biome.jsonc": '{\n  // ours\n  "files": { "includes": ["**", "!mizan"] },\n}\n',
      ".prettierignore": "dist\r\n/mizan/**",
      ".gitattributes": "* text=auto\nmizan/**   linguist-generated",
    });
    const before = project.tree();
    const { stdout } = await project.run(["init", "--yes"]);
    expect(stdout).toContain("scripts mizan:check (another mizan is there and stays)");
    for (const name of ["biome.jsonc", ".prettierignore", ".gitattributes"]) {
      expect(stdout).toMatch(new RegExp(`^ {2}keep +${name.replace(".", "\\.")}`, "m"));
      expect(project.read(name)).toBe(before[name]);
    }
    expect(JSON.parse(project.read("package.json"))).toMatchObject({
      scripts: {
        mizan: "something else",
        "mizan:watch": "mizan-gen watch",
        "mizan:check": "mizan-gen check",
      },
    });
  });

  it("what lists hold, and adds at the end with their own line ends", async () => {
    const project = repository({
      "package.json": { dependencies: { react: "19" } },
      "biome.json": '{\n\t"files": {\n\t\t"ignore": ["dist"] }\n}\n',
      ".prettierignore": "dist\r\nbuild\r\n",
      ".gitattributes": "* text=auto",
    });
    await project.run(["init", "--yes", "-o", "out [1]/my mizan"]);
    expect(project.read(".prettierignore")).toBe("dist\r\nbuild\r\nout \\[1\\]/my mizan/\r\n");
    expect(project.read(".gitattributes")).toBe(
      '* text=auto\n"out \\\\[1\\\\]/my mizan/**" linguist-generated=true\n',
    );
    expect(JSON.parse(project.read("biome.json"))).toEqual({
      files: { ignore: ["dist", "out [1]/my mizan/**"] },
    });
    expect(await project.run([])).toMatchObject({ exitCode: 0 });
    expect((await project.run(["init", "--yes"])).stdout).toMatch(/nothing to do\n$/);
  });

  it("git and Prettier understand what was added", async () => {
    const project = cli.project({
      "openapi.json": shop(),
      "package.json": { devDependencies: { prettier: "3" } },
    });
    await execa("git", ["init", "-q"], { cwd: project.folder });
    const output = "out [1]/my mizan";
    await project.run(["init", "--yes", "-o", output]);
    await project.run([]);
    const file = `${output}/index.ts`;
    project.write(file, "export    const   ugly = 1");
    const { stdout } = await execa("git", ["check-attr", "linguist-generated", "--", file], {
      cwd: project.folder,
    });
    expect(stdout).toMatch(/: true$/);
    const { check } = await import("prettier").then(async ({ getFileInfo }) => ({
      check: await getFileInfo(project.path(file), { ignorePath: project.path(".prettierignore") }),
    }));
    expect(check.ignored).toBe(true);
  });

  it("a config that is there, wherever it governs, and sets up the rest for it", async () => {
    const project = repository({
      "package.json": {},
      "mizan.config.json": [
        { name: "a", input: "openapi.json", output: "gen/a" },
        { name: "b", input: "openapi.json", output: "gen/b" },
      ],
    });
    const before = project.read("mizan.config.json");
    const { stdout } = await project.run(["init", "--yes"]);
    expect(stdout).toMatch(/^ {2}keep {4}mizan\.config\.json {2}the config that is there$/m);
    expect(project.read("mizan.config.json")).toBe(before);
    expect(readdirSync(project.folder)).not.toContain("mizan.config.mjs");
    expect(project.read(".gitattributes")).toBe(
      "gen/a/** linguist-generated=true\ngen/b/** linguist-generated=true\n",
    );
    const refused = await project.run(["init", "other.json", "--yes"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("mizan.config.json is there already");
    const second = await project.run(["init", "-c", "mizan.config.ts", "--yes"]);
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toContain("two configs in one folder are refused");
    expect(readdirSync(project.folder)).not.toContain("mizan.config.ts");
    // One of its own, below one that governs all, is fine.
    project.write("apps/web/package.json", {});
    const own = ["init", "openapi.json", "-c", "apps/web/mizan.config.mjs", "--yes"];
    expect(await project.run([...own, "-o", "apps/web/gen"])).toMatchObject({ exitCode: 0 });
    expect(project.read("apps/web/mizan.config.mjs")).toContain('input: "../../openapi.json"');
    expect(await project.run([], { cwd: project.path("apps/web") })).toMatchObject({ exitCode: 0 });
    project.write("mizan.config.mjs", "export default {}");
    const two = await project.run(["init", "--yes"]);
    expect(two.exitCode).toBe(2);
    expect(two.stderr).toContain("two configs: mizan.config.mjs and mizan.config.json");
  });

  it("links, and the mode of a file", async () => {
    const project = repository({ "real.json": {}, ".gitattributes": "" });
    symlinkSync("real.json", project.path("package.json"));
    chmodSync(project.path(".gitattributes"), 0o640);
    expect(await project.run(["init", "--yes"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(lstatSync(project.path("package.json")).isSymbolicLink()).toBe(true);
    expect(project.read("real.json")).toContain("mizan-gen watch");
    expect(statSync(project.path(".gitattributes")).mode & 0o777).toBe(0o640);
    expect(readdirSync(project.folder).filter((name) => name.endsWith("tmp"))).toEqual([]);
  });
});

describe.concurrent("init in a workspace", () => {
  const packages: Files = {
    "packages/api/package.json": { name: "api" },
    "apps/web/package.json": { name: "web", dependencies: { react: "19" } },
  };

  it.each<[string, Files]>([
    ["npm", { "package.json": { workspaces: ["packages/*", "apps/*"] } }],
    [
      "yarn",
      { "package.json": { workspaces: { packages: ["packages/*", "apps/*"] } }, "yarn.lock": "" },
    ],
    [
      "pnpm",
      { "package.json": {}, "pnpm-workspace.yaml": "packages:\n  - packages/*\n  - 'apps/**'\n" },
    ],
  ])("of %s takes the only app, and a document of the repository", async (manager, files) => {
    const project = repository({ ...packages, ...files });
    const { exitCode, stdout } = await project.run(["init", "--yes"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^apps/web: ${manager}, JavaScript, react\n`));
    expect(stdout).toContain("next:\n  cd apps/web\n");
    expect(project.read("apps/web/mizan.config.mjs")).toContain('input: "../../openapi.json"');
    expect(project.read("apps/web/package.json")).toContain('"mizan": "mizan-gen"');
    expect(project.read("package.json")).not.toContain("mizan");
    const inside = { cwd: project.path("apps/web") };
    expect(await project.run([], inside)).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await project.run(["init"], inside)).stdout).toMatch(/nothing to do\n$/);
  });

  it("with several apps asks which one, and works from the folder of each", async () => {
    const project = repository({
      ...packages,
      "package.json": { workspaces: ["apps/*"] },
      "apps/shop/package.json": { name: "shop", dependencies: { vue: "3" } },
      ".gitattributes": "* text=auto\n",
      ".prettierignore": "dist\n",
    });
    const before = project.tree();
    const refused = await project.run(["init", "--yes"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("the root of a workspace: apps/shop, apps/web could be meant");
    expect(refused.stderr).toContain("mizan-gen init --cwd apps/shop");
    expect(project.tree()).toEqual(before);
    expect(await project.run(["init", "--yes", "--cwd", "apps/shop"])).toMatchObject({
      exitCode: 0,
    });
    // Files of the repository are edited where they are, relative to their place.
    expect(project.read(".gitattributes")).toContain(
      "\napps/shop/mizan/** linguist-generated=true\n",
    );
    expect(project.read(".prettierignore")).toBe("dist\napps/shop/mizan/\n");
    expect(project.read("apps/shop/mizan.config.mjs")).toContain('targets: ["vue"]');
  });
});

describe.concurrent("init refuses", () => {
  const stdio = (result: CliResult): string => result.stderr;

  it("to guess a document: none, or several", async () => {
    const none = cli.project({ "package.json": {}, "data.json": { openapi: "no" } });
    const refused = await none.run(["init", "--yes"]);
    expect(refused.exitCode).toBe(2);
    expect(stdio(refused)).toContain("error E051  no OpenAPI document was found");
    expect(stdio(refused)).toContain("mizan-gen init openapi.json --yes");
    const several = cli.project({
      "package.json": {},
      "a.json": shop(),
      "docs/b.yaml": "openapi: 3.1.0\nx-mizan-functions: {}\n",
    });
    expect(stdio(await several.run(["init", "--yes"]))).toContain(
      "several OpenAPI documents: a.json, docs/b.yaml",
    );
    // One of them with functions is the one that is meant.
    several.write("docs/b.yaml", "openapi: 3.1.0\n");
    expect(await several.run(["init", "--yes"])).toMatchObject({ exitCode: 0 });
    expect(several.read("mizan.config.mjs")).toContain('input: "a.json"');
  });

  it("nothing for a document that is a URL, or not there yet", async () => {
    const project = cli.project({ "package.json": {} });
    const url = "http://127.0.0.1:1/openapi.json";
    expect((await project.run(["init", url, "--dry-run"])).stdout).toContain(
      `input ${url}, output`,
    );
    const later = await project.run(["init", "later.json", "--yes"]);
    expect(later.stdout).toContain("note: later.json is not there yet");
    expect(project.read("mizan.config.mjs")).toContain('input: "later.json"');
  });

  it("an output that every run would refuse", async () => {
    const project = repository({ "package.json": {} });
    const result = await project.run(["init", "--yes", "-o", "."]);
    expect(result.exitCode).toBe(2);
    expect(stdio(result)).toContain("error E054");
    expect(written(project)).toEqual({ "package.json": "{}\n" });
  });

  it("a package.json that is not JSON, with its line", async () => {
    const project = repository({ "package.json": '{\n  "name": "x",,\n}\n' });
    const result = await project.run(["init", "--yes"]);
    expect(result.exitCode).toBe(2);
    expect(stdio(result)).toContain("error E052  package.json could not be read");
    expect(stdio(result)).toContain("package.json:2:15");
    expect(Object.keys(written(project))).toEqual(["package.json"]);
  });

  it("a config name that no command would find", async () => {
    const project = repository({ "package.json": {} });
    const result = await project.run(["init", "--yes", "-c", "gen.ts"]);
    expect(result.exitCode).toBe(2);
    expect(stdio(result)).toContain("a config that is found by itself is called mizan.config.ts");
  });

  it("a folder that may not be written, and says what was done before", async () => {
    const project = repository({
      "web/package.json": { name: "x", dependencies: { react: "1" } },
      ".gitattributes": "",
    });
    // Permissions mean nothing to root, so the command runs as nobody.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    chmodSync(project.folder, 0o555);
    chmodSync(project.path("web"), 0o555);
    const web = { cwd: project.path("web"), ...user };
    const before = project.tree();
    const nothing = await project.run(["init", "--yes"], web);
    expect(nothing.exitCode).toBe(2);
    expect(stdio(nothing)).toContain("error E055  mizan.config.mjs: permission denied (EACCES)");
    expect(stdio(nothing)).toContain(
      "nothing was written; not tried: package.json, ../.gitattributes;",
    );
    expect(project.tree()).toEqual(before);
    chmodSync(project.path("web"), 0o777);
    const partly = await project.run(["init", "--yes"], web);
    expect(partly.exitCode).toBe(2);
    expect(stdio(partly)).toContain("error E055  ../.gitattributes: permission denied (EACCES)");
    expect(stdio(partly)).toContain("written: mizan.config.mjs, package.json; run init again");
    chmodSync(project.folder, 0o777);
    const rest = await project.run(["init", "--yes"], web);
    expect(rest).toMatchObject({ exitCode: 0, stderr: "" });
    expect(rest.stdout).toContain("wrote 1 file\n");
    expect(project.read(".gitattributes")).toBe("web/mizan/** linguist-generated=true\n");
  });
});

describe.concurrent("init in a terminal", () => {
  /** Answers typed into a real terminal, each after its question was asked; gives what was shown and the exit code. */
  async function talk(
    project: Project,
    answers: readonly (readonly [question: RegExp, answer: string])[],
    args = "",
  ): Promise<{ readonly shown: string; readonly exitCode: number | undefined }> {
    const command = `"${process.execPath}" "${cli.bin}" init ${args} --no-color`;
    const terminal = execa("script", ["-qec", command, "/dev/null"], {
      cwd: project.folder,
      reject: false,
      stripFinalNewline: false,
    });
    let shown = "";
    let next = 0;
    terminal.stdout.on("data", (chunk: Buffer) => {
      shown += stripVTControlCharacters(chunk.toString());
      const [question, answer] = answers[next] ?? [];
      if (question?.test(shown) !== true || answer === undefined) return;
      next++;
      terminal.stdin.write(answer);
    });
    const { exitCode } = await terminal;
    return { shown, exitCode };
  }

  it("asks at most three questions, shows the plan, and writes after a yes", async () => {
    const project = repository({ "package.json": { dependencies: { vue: "3" } }, "src/a.js": "" });
    const { shown, exitCode } = await talk(project, [
      [/file or a URL\? \(openapi\.json\) $/, "\r"],
      [/generated files go\? \(src\/mizan\) $/, "src/api\r"],
      [/Write this\? \(yes\) $/, "\r"],
    ]);
    expect(exitCode).toBe(0);
    expect(shown.match(/\? \(/g)).toHaveLength(3);
    expect(shown).toContain("create  mizan.config.mjs  input openapi.json, output src/api");
    expect(shown.indexOf("create  ")).toBeLessThan(shown.indexOf("Write this?"));
    expect(project.read("mizan.config.mjs")).toContain('output: "src/api"');
  });

  it("lets choose among several documents, and asks nothing that a flag says", async () => {
    const project = repository({ "package.json": {}, "docs/b.json": shop() });
    const chosen = await talk(project, [
      [/ {2}2 {2}docs\/b\.json\r\n[^]*URL\? \(openapi\.json\) $/, "2\r"],
      [/generated files go\? \(mizan\) $/, "\r"],
      [/Write this\? \(yes\) $/, "no\r"],
    ]);
    expect(chosen.exitCode).toBe(0);
    expect(chosen.shown).toContain("input docs/b.json");
    expect(chosen.shown).toMatch(/nothing was written\r\n$/);
    const flags = await talk(project, [[/Write this\? \(yes\) $/, "y\r"]], "docs/b.json -o out");
    expect(flags.shown.match(/\? \(/g)).toHaveLength(1);
    expect(project.read("mizan.config.mjs")).toContain('output: "out"');
  });

  it.each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("%s instead of an answer writes nothing and exits with 130", async (_, key) => {
    const project = repository({ "package.json": {} });
    const before = project.tree();
    for (const [question, answers] of [
      [/URL\? /, []],
      [
        /Write this\? /,
        [
          [/URL\? .*\) $/, "\r"],
          [/go\? .*\) $/, "\r"],
        ],
      ],
    ] as const) {
      const { shown, exitCode } = await talk(project, [...answers, [question, key]]);
      expect(exitCode).toBe(130);
      expect(shown).toMatch(/nothing was written\r\n$/);
    }
    expect(project.tree()).toEqual(before);
  });
});
