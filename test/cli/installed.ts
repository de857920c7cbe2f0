import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa, type Options } from "execa";

const repository = resolve(import.meta.dirname, "../..");

export interface CliResult {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package as it is installed: its published files only, in a directory where nothing else can be resolved. */
export class InstalledCli {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "mizan-installed-")));
  readonly bin = join(this.root, "bin/mizan-gen.js");
  readonly #folders: string[] = [];
  readonly #sessions: Session[] = [];

  constructor() {
    for (const name of ["bin", "dist", "package.json", "LICENSE"]) {
      cpSync(join(repository, name), join(this.root, name), { recursive: true });
    }
    chmodSync(this.root, 0o755);
  }

  /** A new empty project. */
  project(files: Readonly<Record<string, string | object>> = {}, name = ""): Project {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), `mizan-cli-${name}`)));
    this.#folders.push(folder);
    const project = new Project(this, folder);
    for (const [path, content] of Object.entries(files)) project.write(path, content);
    return project;
  }

  /** Notes a process, so that none outlives a test that fails. */
  started(session: Session): Session {
    this.#sessions.push(session);
    return session;
  }

  remove(): void {
    for (const { child } of this.#sessions) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    }
    for (const folder of [this.root, ...this.#folders]) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Variables of the surroundings that would change what is printed. */
const neutral = {
  GITHUB_ACTIONS: undefined,
  GITHUB_STEP_SUMMARY: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
  NODE_OPTIONS: undefined,
};

export class Project {
  readonly cli: InstalledCli;
  readonly folder: string;

  constructor(cli: InstalledCli, folder: string) {
    this.cli = cli;
    this.folder = folder;
  }

  /** Runs the command line here and waits for its end. */
  async run(args: readonly string[], options: Options = {}): Promise<CliResult> {
    const result = await execa(process.execPath, [this.cli.bin, ...args], {
      cwd: this.folder,
      reject: false,
      stripFinalNewline: false,
      ...options,
      env: { ...neutral, ...options.env },
    });
    const { exitCode, signal, stdout, stderr } = result;
    return { exitCode, signal, stdout: String(stdout), stderr: String(stderr) };
  }

  /** Starts the command line here, to be watched and killed. */
  start(args: readonly string[]): Session {
    const child = spawn(process.execPath, [this.cli.bin, ...args], {
      cwd: this.folder,
      env: { ...process.env, ...neutral },
    });
    return this.cli.started(new Session(child));
  }

  path(...steps: readonly string[]): string {
    return join(this.folder, ...steps);
  }

  write(path: string, content: string | object): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`;
    writeFileSync(this.path(path), text);
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  /** Every file below a directory with its content, by path; empty when there is none. */
  tree(directory = "."): Record<string, string> {
    const folder = this.path(directory);
    if (!statSync(folder, { throwIfNoEntry: false })) return {};
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    return Object.fromEntries(
      names
        .filter((name) => statSync(join(folder, name)).isFile())
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
  }
}

/** A process that runs until it is told to end. */
export class Session {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  #output = "";
  #read = 0;
  #more: (() => void) | undefined;

  constructor(child: ChildProcess) {
    this.child = child;
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString();
      this.#more?.();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    this.ended = new Promise((done) => {
      child.on("close", (code, signal) => {
        done({ code, signal });
        this.#more?.();
      });
    });
  }

  /** All that was printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Waits for a text after what earlier calls have found. */
  async waitFor(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#output.slice(this.#read));
      if (match !== null) {
        this.#read += match.index + match[0].length;
        return match[0];
      }
      if (this.child.exitCode !== null) {
        throw new Error(`ended without ${String(pattern)}:\n${this.#output}`);
      }
      await new Promise<void>((resume, fail) => {
        const timer = setTimeout(
          () => fail(new Error(`no ${String(pattern)} within 40 s:\n${this.#output}`)),
          40_000,
        );
        this.#more = () => {
          clearTimeout(timer);
          resume();
        };
      });
    }
  }

  async end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }> {
    this.child.kill(signal);
    return this.ended;
  }
}
