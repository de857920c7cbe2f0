import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  cpSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { targets } from "../../src/emit/stage2/target.js";
import { startBackend, type Backend } from "../backends/start-backend.js";
import { pages, root, snippetsOf as allSnippetsOf, type Snippet } from "./snippets.js";

const bookshop = join(root, "fixtures/protocol/bookshop.json");

/** Commands that install or run whole suites: the gate runs these very lines, so a test would only run itself. */
const gate = readFileSync(join(root, ".ci/run"), "utf8");
const byTheGate = /^(npm (ci|test|run)|npx vitest|bash \.ci\/run)/;

/** Snippets with a place belong to the guide, which `guide.test.ts` follows from its first step to its last. */
const snippetsOf = (page: string): Snippet[] =>
  allSnippetsOf(page).filter(({ place }) => place === "");

let project: string;
/** What the docs call http://127.0.0.1:8000/. */
let backend: Backend;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "mizan-docs-"));
  mkdirSync(join(project, "node_modules/.bin"), { recursive: true });
  symlinkSync(root, join(project, "node_modules/mizan-gen"), "dir");
  symlinkSync(join(root, "bin/mizan-gen.js"), join(project, "node_modules/.bin/mizan-gen"));
  mkdirSync(join(project, "src"));
  mkdirSync(join(project, "fixtures/protocol"), { recursive: true });
  cpSync(bookshop, join(project, "schema.json"));
  cpSync(join(root, "backends/bookshop.values.json"), join(project, "values.json"));
  backend = await startBackend("typescript");
  cpSync(bookshop, join(project, "fixtures/protocol/bookshop.json"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "shop", type: "module" }));
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        lib: ["es2023", "dom"],
        module: "nodenext",
        moduleResolution: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        verbatimModuleSyntax: true,
        skipLibCheck: false,
        noEmit: true,
        types: [],
      },
      include: ["snippets"],
    }),
  );
  mkdirSync(join(project, "my-templates/react"), { recursive: true });
  writeFileSync(join(project, "my-templates/react/_licence.hbs"), "// ours\n");
  for (const name of ["react", "vue", "svelte", "@vue", "@types"]) {
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "dir");
  }
  // `HEAD:schema.json`
  for (const args of [
    ["init", "-q"],
    ["add", "schema.json"],
    ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "one"],
  ]) {
    await execa("git", args, { cwd: project });
  }
  const cli = join(root, "bin/mizan-gen.js");
  for (const output of ["demo/mizan", "src/mizan", "mizan"]) {
    // What `./mizan` is in the pages has the adapters that they show.
    const adapters = output === "mizan" ? ["--target", targets.join()] : [];
    await execa(process.execPath, [cli, "schema.json", "-o", output, ...adapters], {
      cwd: project,
    });
  }
});

afterAll(async () => {
  await backend?.close();
  rmSync(project, { recursive: true, force: true });
});

describe("A5, A6: what the docs say is true", () => {
  it("finds snippets at all", () => {
    expect(pages().flatMap(snippetsOf).length).toBeGreaterThan(10);
  });

  for (const page of pages()) {
    const commands = snippetsOf(page)
      .filter((snippet) => snippet.language === "sh")
      .flatMap((snippet) => snippet.text.split("\n"))
      .map((line) => line.replace(/\s+#.*$/, "").trim())
      .filter((line) => line !== "");
    for (const command of commands) {
      it(`${page}: ${command}`, async () => {
        const own = command.split(" && ").filter((part) => !byTheGate.test(part));
        for (const part of command.split(" && ").filter((one) => byTheGate.test(one))) {
          const script = /^npm run (\S+)/.exec(part)?.[1];
          if (script !== undefined) expect(Object.keys(scripts())).toContain(script);
          if (/^npm (ci|test)$/.test(part)) expect(gate).toContain(part);
        }
        for (const part of own) {
          const command = part
            .replace(/^npx mizan-gen/, "node_modules/.bin/mizan-gen")
            .replace("http://127.0.0.1:8000/", backend.url);
          await execa(command, {
            cwd: project,
            shell: true,
          });
        }
      });
    }

    it(`${page}: links lead somewhere`, () => {
      const text = readFileSync(join(root, page), "utf8");
      const missing = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map((match) => match[1] ?? "")
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => !existsSync(join(root, dirname(page), target)));
      expect(missing).toEqual([]);
    });
  }

  it("TypeScript snippets compile against the generated client", async () => {
    const files: string[] = [];
    mkdirSync(join(project, "snippets"), { recursive: true });
    for (const snippet of pages().flatMap(snippetsOf)) {
      if (snippet.language !== "ts") continue;
      const name = `${snippet.page.replaceAll(/[^a-z0-9]+/gi, "-")}-${snippet.line}.ts`;
      const text = snippet.text.replaceAll(
        /"\.\/((?:demo|src)\/)?mizan(\/\w+)?(\/index\.js)?"/g,
        (_, folder = "", adapter = "") => `"../${String(folder)}mizan${String(adapter)}/index.js"`,
      );
      writeFileSync(
        join(project, "snippets", name),
        /^(import|export)/m.test(text) ? text : `${text}\nexport {};\n`,
      );
      files.push(name);
    }
    expect(files.length).toBeGreaterThan(0);
    const { stdout, exitCode } = await execa(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", "."],
      {
        cwd: project,
        reject: false,
      },
    );
    expect(stdout).toBe("");
    expect(exitCode).toBe(0);
  });
});

function scripts(): Record<string, string> {
  return (
    JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    }
  ).scripts;
}
