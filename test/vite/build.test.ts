import { existsSync } from "node:fs";
import { execa } from "execa";
import { build, preview, type InlineConfig } from "vite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generate } from "mizan-gen";
import mizan, { type MizanOptions } from "mizan-gen/vite";
import { App, Log, repository } from "../browser/vite/dev-site.js";

const project = { input: "schema.json", output: "src/mizan", targets: [] } as const;
let app: App;
let log: Log;

beforeEach(() => {
  app = new App();
  log = new Log();
  app.write("index.html", '<script type="module" src="/src/main.ts"></script>');
  app.write(
    "src/main.ts",
    'import { updateProfileForm } from "./mizan";\nconsole.log(updateProfileForm);\n',
  );
});
afterEach(() => app.remove());

function configOf(options: MizanOptions): InlineConfig {
  return {
    root: app.folder,
    configFile: false,
    customLogger: log.logger,
    plugins: [mizan(options)],
  };
}

const generated = (): Promise<unknown> => generate({ ...project, cwd: app.folder });

/** Why a build fails. */
async function failure(options: MizanOptions): Promise<string> {
  const error: unknown = await build(configOf(options)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  expect(existsSync(app.path("dist"))).toBe(false);
  return (error as Error).message;
}

function addField(): void {
  app.edit((document) => {
    const form = document.components.schemas["ProfileForm"];
    if (form) form.properties["phone"] = { type: "string" };
  });
}

describe("the Vite plugin in a build", () => {
  it("passes without a word when the files are what the document gives", async () => {
    await generated();
    await build(configOf(project));
    expect(existsSync(app.path("dist/index.html"))).toBe(true);
    expect(log.ours).toEqual([]);
  });

  it("fails for drift, names the files, and the command that it names is the way out", async () => {
    await generated();
    addField();
    app.write("src/mizan/stray.ts", "");
    const message = await failure({ ...project, enums: "const" });
    expect(message).toContain("the generated files are not what the document gives");
    expect(message).toMatch(/outdated +src\/mizan\/forms\/update_profile.ts/);
    expect(message).toContain('build: "generate"');
    const [, command = ""] = /renew them: npx mizan-gen (.*)/.exec(message) ?? [];
    expect(command).toContain("--output src/mizan");
    const { stdout } = await execa(`node bin/mizan-gen.js ${command}`, {
      shell: true,
      cwd: repository,
    });
    expect(stdout).toContain("updated");
    await build(configOf({ ...project, enums: "const" }));
  });

  it("generates before it builds where it is told to, and fails with the document's errors", async () => {
    addField();
    await build(configOf({ ...project, build: "generate" }));
    expect(app.read("src/mizan/forms/update_profile.ts")).toContain("phone");
    app.remove();
    app = new App();
    app.write("schema.json", "{");
    const message = await failure({ ...project, build: "generate" });
    expect(message).toMatch(/could not be generated[^]*error E004 [^]*schema.json:1:2/);
    expect(existsSync(app.path("src/mizan"))).toBe(false);
  });

  it("does not build on a document with errors, and says how to", async () => {
    await generated();
    app.write("schema.json", "{");
    const message = await failure(project);
    expect(message).toMatch(/could not be compared[^]*error E004 /);
    expect(message).toContain('build: "off"');
    await build(configOf({ ...project, build: "off" }));
  });

  it("builds what is there, with a warning, when nobody gives the document", async () => {
    await generated();
    await build(configOf({ ...project, input: "http://127.0.0.1:9/openapi.json" }));
    expect(log.lines.join("\n")).toMatch(/warn: [^]*were not compared[^]*E012/);
    expect(existsSync(app.path("dist/index.html"))).toBe(true);
  });

  it("checks the projects of the config, and says no more than the command that reads it", async () => {
    app.write(
      "mizan.config.json",
      JSON.stringify([
        { name: "shop", ...project },
        { name: "books", ...project, output: "src/books", include: ["book_*"] },
      ]),
    );
    const message = await failure({});
    expect(message).toContain("src/books/index.ts");
    expect(message).toMatch(/renew them: npx mizan-gen --cwd \S+\n/);
    expect(await failure({ project: "books" })).not.toContain("src/mizan");
  });

  it("does nothing in a preview", async () => {
    await generated();
    await build(configOf(project));
    addField();
    const server = await preview({ ...configOf(project), preview: { port: 0 } });
    await server.close();
    expect(log.ours).toEqual([]);
    expect(app.read("src/mizan/forms/update_profile.ts")).not.toContain("phone");
  });
});
