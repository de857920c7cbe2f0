import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { pythonEnvironment } from "../../../scripts/python-env.mjs";
import { root, snippetsOf, type Snippet } from "../snippets.js";
import { Processes } from "./processes.js";

/** Commands that go on until they are ended. */
const lasting = [
  /^\.venv\/bin\/uvicorn /,
  / runserver /,
  /^node --watch /,
  /^npx vite$/,
  /^npx mizan-gen watch /,
];

/**
 * Somebody who has done nothing but read: makes each file of a page as it stands there, and runs each command. Two things are done for
 * him: packages come from what this repo has installed, and the port is one that is free.
 */
export class Reader {
  readonly folder: string;
  readonly processes = new Processes();
  readonly port: number;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  static async begin(): Promise<Reader> {
    const home = realpathSync(mkdtempSync(join(tmpdir(), "mizan-guide-")));
    symlinkSync(root, join(home, "mizan-gen"), "dir");
    mkdirSync(join(home, "tasks"));
    return new Reader(join(home, "tasks"), await freePort());
  }

  async follow(page: string): Promise<void> {
    for (const snippet of snippetsOf(page)) {
      if (snippet.place === "") continue;
      if (snippet.language === "sh") await this.#run(snippet);
      else this.#write(snippet);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after === before) throw new Error(`nothing to change in ${path}`);
    writeFileSync(join(this.folder, path), after);
  }

  async end(): Promise<void> {
    await this.processes.close();
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }

  #onOurPort(text: string): string {
    return text.replaceAll("8000", String(this.port));
  }

  #write({ place, text }: Snippet): void {
    const file = join(this.folder, place);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${this.#onOurPort(text)}\n`);
  }

  async #run({ place, text }: Snippet): Promise<void> {
    const cwd = join(this.folder, place);
    mkdirSync(cwd, { recursive: true });
    for (const line of text.split("\n")) {
      if (line.startsWith("python3 -m venv ")) linkEnvironment(cwd);
      else if (/^\.venv\/bin\/pip install /.test(line)) await findPythonPackages(line, cwd);
      else if (line.startsWith("npm install ")) linkPackages(line, cwd);
      else if (line.startsWith("curl ")) await ask(this.#onOurPort(line.slice(5)), this.processes);
      else {
        const command = this.#onOurPort(line).replace(/^npx /, "./node_modules/.bin/");
        // A port of its own for each page that is being followed; otherwise Vite would take the next one that is free, and say so.
        if (lasting.some((each) => each.test(line))) this.processes.start(command, cwd);
        else await execa(command, { cwd, shell: true });
      }
    }
  }
}

function linkEnvironment(cwd: string): void {
  symlinkSync(dirname(dirname(pythonEnvironment())), join(cwd, ".venv"), "dir");
}

/** The environment of the Python backend has the package and all of its extras; whatever else a page installs has to be there. */
async function findPythonPackages(line: string, cwd: string): Promise<void> {
  const [own = "", ...others] = line.split(" ").slice(2);
  const [, path = "", extra = ""] = /^"(.+)\[(.+)\]"$/.exec(own) ?? [];
  const project = readFileSync(join(cwd, path, "pyproject.toml"), "utf8");
  if (!new RegExp(`^${extra} = \\[`, "m").test(project)) throw new Error(`no extra ${extra}`);
  if (others.length > 0) {
    await execa(".venv/bin/python", ["-m", "pip", "show", "--quiet", ...others], { cwd });
  }
}

/** As `npm install` does: the packages, their commands, and the names in `package.json`. */
function linkPackages(line: string, cwd: string): void {
  const words = line.split(" ").slice(2);
  const field = words.includes("--save-dev") ? "devDependencies" : "dependencies";
  const installed: Record<string, string> = {};
  for (const word of words.filter((each) => !each.startsWith("--"))) {
    const source = word.startsWith(".") ? join(cwd, word) : join(root, "node_modules", word);
    const { name, version, bin } = JSON.parse(
      readFileSync(join(source, "package.json"), "utf8"),
    ) as { name: string; version: string; bin?: string | Record<string, string> };
    link(source, join(cwd, "node_modules", name));
    const commands = typeof bin === "string" ? { [name]: bin } : (bin ?? {});
    for (const [command, path] of Object.entries(commands)) {
      link(join(source, path), join(cwd, "node_modules/.bin", command));
    }
    installed[name] = word.startsWith(".") ? `file:${word}` : `^${version}`;
  }
  const file = join(cwd, "package.json");
  const project = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(
    file,
    JSON.stringify({ ...project, [field]: { ...(project[field] as object), ...installed } }),
  );
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) symlinkSync(realpathSync(target), path);
}

/** Waits until a server that was started just now answers. */
async function ask(url: string, processes: Processes): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
      throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    } catch (error) {
      if (Date.now() > deadline) throw new Error(processes.output, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
