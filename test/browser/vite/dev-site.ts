import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { fileURLToPath } from "node:url";
import type * as vite from "vite";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** A document as a test changes it. */
export interface Document {
  readonly "x-mizan": Record<string, unknown>;
  readonly "x-mizan-functions": Record<string, Record<string, unknown>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

interface Schema {
  properties: Record<string, object>;
  required?: string[];
}

/** An app in a directory of its own, with the packages of the repository. */
export class App {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), "mizan-vite-")));

  /** @param name a directory below `apps` */
  constructor(name?: string) {
    if (name !== undefined) {
      cpSync(fileURLToPath(new URL(`apps/${name}`, import.meta.url)), this.folder, {
        recursive: true,
      });
    }
    cpSync(join(repository, "backends/bookshop.openapi.json"), this.path("schema.json"));
    this.write("package.json", '{ "name": "app", "type": "module" }');
    mkdirSync(this.path("node_modules"));
    for (const name of ["react", "react-dom", "vite"]) this.link(name);
    symlinkSync(repository, this.path("node_modules/mizan-gen"), "dir");
  }

  /** Installs a package of the repository. */
  link(name: string): void {
    symlinkSync(join(repository, "node_modules", name), this.path("node_modules", name), "dir");
  }

  path(...steps: readonly string[]): string {
    return join(this.folder, ...steps);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Writes beside and renames, as editors do. */
  replace(path: string, text: string): void {
    this.write(`${path}~`, text);
    renameSync(this.path(`${path}~`), this.path(path));
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  /** Changes the document as an editor does that writes in place. */
  edit(change: (document: Document) => void): void {
    const document = JSON.parse(this.read("schema.json")) as Document;
    change(document);
    this.write("schema.json", `${JSON.stringify(document, null, 1)}\n`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Lines that a server logs, without colours and times. */
export class Log {
  readonly lines: string[] = [];
  readonly logger: vite.Logger;

  constructor() {
    const keep =
      (kind: string) =>
      (text: string): void => {
        this.lines.push(`${kind}: ${stripVTControlCharacters(text)}`);
      };
    this.logger = {
      info: keep("info"),
      warn: keep("warn"),
      warnOnce: keep("warn"),
      error: keep("error"),
      clearScreen: () => undefined,
      hasErrorLogged: () => false,
      hasWarned: false,
    };
  }

  /** Lines of the plugin. */
  get ours(): string[] {
    return this.lines.filter((line) => line.includes("mizan-gen"));
  }
}

export function urlOf({ httpServer }: vite.ViteDevServer): string {
  return `http://localhost:${(httpServer?.address() as AddressInfo).port}/`;
}

/** Waits until a condition holds. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  patience = 15_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`not within ${patience} ms: ${what}`);
    await new Promise((later) => setTimeout(later, 20));
  }
}
