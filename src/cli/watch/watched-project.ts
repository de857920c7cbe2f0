import { dirname, resolve } from "node:path";
import type { Project } from "../../config/resolve-project.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Source } from "../../document/source.js";
import { runProject, write, type ProjectResult, type RunOptions } from "../run-project.js";
import { stages as realStages } from "../stages.js";
import { changedFiles, fingerprint, missing } from "./file-watcher.js";

/** How long to wait before a URL is asked again: after an answer, then after each failure in a row. */
const pollAfter = 1000;
const backOff = [1000, 2000, 5000] as const;

/** What a look at the inputs of a project brought. */
export type Turn =
  | { readonly kind: "nothing" }
  | { readonly kind: "run"; readonly changed: readonly string[]; readonly result: ProjectResult }
  /** The URL gives no document at the moment. */
  | { readonly kind: "waiting"; readonly diagnostics: readonly Diagnostic[] };

/** One project of a watch: knows what it read last, and runs again when that changed. */
export class WatchedProject {
  readonly project: Project;
  readonly #options: Pick<RunOptions, "cwd" | "force" | "stages">;
  #files: readonly string[];
  #seen: ReadonlyMap<string, string> | undefined;
  #hash: string | undefined;
  #etag: string | undefined;
  #failures = 0;
  #due = 0;

  constructor(project: Project, options: Pick<RunOptions, "cwd" | "force" | "stages">) {
    this.project = project;
    this.#options = options;
    this.#files = this.#isUrl ? [] : [project.input];
  }

  /** Files whose change makes a new run worthwhile. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** When the URL is to be asked again (`performance.now`), or never for a file. */
  get due(): number {
    return this.#isUrl ? this.#due : Infinity;
  }

  get #isUrl(): boolean {
    return /^https?:\/\//i.test(this.project.input);
  }

  /** Runs if the inputs are not what they were. */
  async turn(): Promise<Turn> {
    return this.#isUrl ? this.#turnOfUrl() : this.#turnOfFiles();
  }

  /** Whether the document is gone: perhaps for a moment, while it is replaced. */
  get isMissing(): boolean {
    return !this.#isUrl && fingerprint([this.project.input]).get(this.project.input) === missing;
  }

  async #turnOfFiles(): Promise<Turn> {
    const now = fingerprint(this.#files);
    const changed = this.#seen === undefined ? [] : changedFiles(this.#seen, now);
    if (this.#seen !== undefined && changed.length === 0) return { kind: "nothing" };
    // Taken before the run reads: a change in the meantime is seen on the next turn.
    this.#seen = now;
    const result = await runProject(this.project, this.#runOptions());
    this.#follow(result);
    // What was read counts, not what was seen before: a save that was half done then is no change of its own.
    const read = result.prepared?.source;
    if (read !== undefined) this.#seen = new Map([...this.#seen, [this.project.input, read.hash]]);
    return { kind: "run", changed, result };
  }

  async #turnOfUrl(): Promise<Turn> {
    if (performance.now() < this.#due) return { kind: "nothing" };
    const diagnostics = new Diagnostics();
    const { input: url, headers, allowRefs } = this.project;
    const { stages = realStages } = this.#options;
    const read = await stages.readSource(
      { kind: "url", url, headers },
      { cwd: this.#options.cwd, allowRefs, ifNoneMatch: this.#etag },
      diagnostics,
    );
    if (read.status === "failed") return this.#wait(diagnostics.all);
    if (read.status === "not-modified" || read.source.hash === this.#hash) {
      return this.#answered({ kind: "nothing" });
    }
    const result = await runProject(this.project, this.#runOptions(read.source));
    if (result.document === null && result.status === "failed") {
      // Broken text: the server is restarting, or writes the document at this moment.
      return this.#wait(result.diagnostics);
    }
    const first = this.#hash === undefined;
    this.#hash = read.source.hash;
    this.#etag = read.source.etag;
    return this.#answered({
      kind: "run",
      changed: first ? [] : [this.project.document],
      result,
    });
  }

  #answered(turn: Turn): Turn {
    this.#failures = 0;
    this.#due = performance.now() + pollAfter;
    return turn;
  }

  /** One message for an outage, however long it lasts. */
  #wait(diagnostics: readonly Diagnostic[]): Turn {
    const first = this.#failures === 0;
    this.#due = performance.now() + (backOff[Math.min(this.#failures, backOff.length - 1)] ?? 5000);
    this.#failures++;
    return first ? { kind: "waiting", diagnostics } : { kind: "nothing" };
  }

  #runOptions(source?: Source): RunOptions {
    return { ...this.#options, source, apply: write, trustManifest: "always" };
  }

  /** The files that the document referred to when it could last be read. */
  #follow({ prepared, status }: ProjectResult): void {
    const { input } = this.project;
    if (prepared?.status === "current") {
      const beside = prepared.manifest.references.filter((path) => !/^https?:/i.test(path));
      this.#setFiles(beside.map((path) => resolve(dirname(input), path)));
    } else if (prepared !== null && "document" in prepared && prepared.document !== null) {
      const beside = prepared.document.files.filter((path) => !/^https?:/i.test(path));
      this.#setFiles(
        beside.map((path) => resolve(this.#options.cwd, path)),
        status === "failed",
      );
    }
  }

  /** @param keep the document has errors, and one may be a file that is missing for a moment */
  #setFiles(beside: readonly string[], keep = false): void {
    const files = new Set([this.project.input, ...beside, ...(keep ? this.#files : [])]);
    const added = [...files].filter((file) => this.#seen?.has(file) !== true);
    this.#seen = new Map([
      ...[...(this.#seen ?? [])].filter(([file]) => files.has(file)),
      ...fingerprint(added),
    ]);
    this.#files = [...files];
  }
}
