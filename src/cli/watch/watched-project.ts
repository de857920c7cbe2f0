import { dirname, resolve } from "node:path";
import type { Project } from "../../config/resolve-project.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import { isUrl } from "../../diagnostics/is-url.js";
import type { ContractChange } from "../../diff/contract-change.js";
import type { Source } from "../../document/source.js";
import { look, runProject, write, type ProjectResult, type RunOptions } from "../run-project.js";
import { stages as realStages } from "../stages.js";
import { comeToRest } from "./come-to-rest.js";
import { ContractHistory } from "./contract-history.js";
import { changedFiles, contentOf, stampsOf, type Content } from "./file-watcher.js";
import { ProjectMemory } from "./project-memory.js";
import { templatesBelow } from "./templates-below.js";

/** How long to wait before a URL is asked again: after an answer, then after each failure in a row. */
const pollAfter = 1000;
const backOff = [1000, 2000, 5000] as const;

/** So often, and for so many milliseconds at most, a run is rehearsed. */
const mostRehearsals = 8;
const longestRehearsal = 500;

/** What a look at the inputs of a project brought. */
export type Turn =
  | { readonly kind: "nothing" }
  | RunTurn
  /** The inputs changed while a run was under way; it has written nothing, and the next turn begins anew. */
  | { readonly kind: "overtaken" }
  /** The URL gives no document at the moment. */
  | { readonly kind: "waiting"; readonly diagnostics: readonly Diagnostic[] };

export interface RunTurn {
  readonly kind: "run";
  readonly changed: readonly string[];
  readonly result: ProjectResult;
  /** What is new in the contract since the last run without errors. */
  readonly contract: readonly ContractChange[];
}

export interface TurnOptions extends Pick<RunOptions, "cwd" | "force" | "stages"> {
  /** Whether the watch has no more use for the run under way. */
  readonly isCancelled?: (() => boolean) | undefined;
}

/** One project of a watch: knows what it read last, and runs again when that changed. */
export class WatchedProject {
  readonly project: Project;
  readonly #options: TurnOptions;
  readonly #memory = new ProjectMemory();
  readonly #history: ContractHistory;
  /** The document, and what it refers to. */
  #documents: readonly string[];
  /** Content of the files at the last look, and as the last run that came to its end has read it. */
  #now: Content = new Map();
  #read: Content | undefined;
  #hash: string | undefined;
  #etag: string | undefined;
  #failures = 0;
  #due = 0;
  /** What the last run has read, unless it is to be rehearsed no more. */
  #rehearsed: Source | undefined;
  #rehearsals = 0;

  constructor(project: Project, options: TurnOptions) {
    this.project = project;
    this.#options = options;
    this.#history = new ContractHistory(project, options);
    this.#documents = this.#isUrl ? [] : [project.input];
  }

  /** Files whose change makes a new run worthwhile. */
  get files(): readonly string[] {
    return [...this.#documents, ...templatesBelow(this.project.templates).files];
  }

  /** Directories in which such files may appear. */
  get directories(): readonly string[] {
    return templatesBelow(this.project.templates).directories;
  }

  /** Whether a run has come to its end, or waits for a URL. */
  get hadTurn(): boolean {
    return this.#read !== undefined || this.#failures > 0;
  }

  /** When the URL is to be asked again (`performance.now`), or never for a file. */
  get due(): number {
    return this.#isUrl ? this.#due : Infinity;
  }

  get #isUrl(): boolean {
    return isUrl(this.project.input);
  }

  /** Runs if the inputs are not what they were. */
  async turn(): Promise<Turn> {
    const changed = this.#look();
    if (this.#isUrl) return this.#turnOfUrl(changed);
    if (this.#read !== undefined && changed.length === 0) return { kind: "nothing" };
    // A JSON text that is cut off does not parse; of any other nobody can tell that it goes on.
    if (!changed.every(isJson)) await this.#settle();
    let result = await this.#run();
    if (this.#read !== undefined && isBroken(result) && (await this.#settle())) {
      // Half of a save that has changed nothing.
      if (this.#look().length === 0) return { kind: "nothing" };
      result = await this.#run();
    }
    if (result.status === "overtaken") return { kind: "overtaken" };
    const isFirst = this.#read === undefined;
    const turn = await this.#done(result);
    // Half of it was seen, all of it was read, and it was what it had been.
    const isSame = turn.changed.length === 0 && result.status === "current";
    return isSame && !isFirst ? { kind: "nothing" } : turn;
  }

  /**
   * Does all again that a run does, but for writing, as long as nobody waits for anything: the first save of a project that was up to date
   * finds in memory what it need not do, and its code compiled.
   */
  async rehearse(isWanted: () => boolean): Promise<void> {
    const source = this.#rehearsed;
    const deadline = performance.now() + longestRehearsal;
    while (source !== undefined && this.#rehearsals < mostRehearsals) {
      if (isWanted() || performance.now() > deadline) return;
      this.#rehearsals++;
      const result = await runProject(this.project, {
        ...{ ...this.#options, source, memory: this.#memory, isOvertaken: isWanted },
        ...{ apply: look, trustManifest: "never" },
      });
      if (result.status !== "done") return;
      this.#history.know(result);
    }
  }

  /** Looks at the files, and tells which are not as the last run has read them. */
  #look(): readonly string[] {
    this.#now = contentOf(this.files);
    return this.#read === undefined ? [] : changedFiles(this.#read, this.#now);
  }

  /** Takes a run for the last one. */
  async #done(result: ProjectResult, more: readonly string[] = []): Promise<RunTurn> {
    const bytes = result.prepared?.source?.bytes;
    // A save that was half done when it was seen, and whole when it was read, is no change of its own.
    if (bytes !== undefined && !this.#isUrl) {
      this.#now = new Map([...this.#now, [this.project.input, bytes]]);
    }
    const changed = this.#read === undefined ? [] : changedFiles(this.#read, this.#now);
    this.#follow(result);
    const files = this.files;
    const added = files.filter((file) => !this.#now.has(file));
    const known = [...this.#now].filter(([file]) => files.includes(file));
    this.#read = new Map([...known, ...contentOf(added)]);
    const contract = await this.#history.changesBy(result);
    this.#memory.tidy();
    // Documents beside it would be fetched again each time.
    const isReadHere = !referencesOf(result).some(isUrl);
    this.#rehearsed =
      result.status !== "failed" && isReadHere ? result.prepared?.source : undefined;
    return { kind: "run", changed: [...changed, ...more], result, contract };
  }

  /** Waits until the files stay as they are. Returns whether they are other than they were. */
  async #settle(): Promise<boolean> {
    const before = this.#now;
    this.#now = await comeToRest(before, () => contentOf(this.files));
    return changedFiles(before, this.#now).length > 0;
  }

  async #run(source?: Source): Promise<ProjectResult> {
    const { isCancelled = () => false, ...options } = this.#options;
    const files = this.files;
    let stamps = stampsOf(files);
    const before = this.#now;
    let read = source;
    const isOvertaken = (): boolean => {
      if (isCancelled()) return true;
      // To look at the content would cost more than some stages do.
      const now = stampsOf(files);
      if (now === stamps) return false;
      const known =
        read === undefined ? before : new Map([...before, [this.project.input, read.bytes]]);
      const isChanged = changedFiles(known, contentOf(files)).length > 0;
      // The end of the save that is under way, for one: it need not be looked at again.
      if (!isChanged) stamps = now;
      return isChanged;
    };
    const stages = options.stages ?? realStages;
    const result = await runProject(this.project, {
      ...options,
      stages: {
        ...stages,
        // What is in the making was made of what was read, not of what was seen before.
        parseDocument: (text, ...rest) => {
          read ??= text;
          return stages.parseDocument(text, ...rest);
        },
      },
      ...{ source, apply: write, trustManifest: "always", memory: this.#memory, isOvertaken },
    });
    // What was wrong with a text that is no longer there is of no interest.
    if (result.status === "failed" && isOvertaken()) return { ...result, status: "overtaken" };
    return result;
  }

  /** @param templates that have changed */
  async #turnOfUrl(templates: readonly string[]): Promise<Turn> {
    const isOther = templates.length > 0;
    if (isOther) await this.#settle();
    else if (performance.now() < this.#due) return { kind: "nothing" };
    const diagnostics = new Diagnostics();
    const { input: url, headers, allowRefs } = this.project;
    const { stages = realStages, cwd } = this.#options;
    const read = await stages.readSource(
      { kind: "url", url, headers },
      { cwd, allowRefs, ...(isOther ? {} : { ifNoneMatch: this.#etag }) },
      diagnostics,
    );
    if (read.status === "failed") return this.#wait(diagnostics.all);
    if (read.status === "not-modified" || (read.source.hash === this.#hash && !isOther)) {
      return this.#answered({ kind: "nothing" });
    }
    const result = await this.#run(read.source);
    if (result.status === "overtaken") return { kind: "overtaken" };
    if (isBroken(result)) {
      // The server is restarting, or writes the document at this moment.
      return this.#wait(result.diagnostics);
    }
    const isNew = this.#hash !== undefined && this.#hash !== read.source.hash;
    this.#hash = read.source.hash;
    this.#etag = read.source.etag;
    return this.#answered(await this.#done(result, isNew ? [this.project.document] : []));
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

  /** The files that the document referred to when it could last be read. */
  #follow(result: ProjectResult): void {
    const { prepared, status } = result;
    const { input } = this.project;
    if (this.#isUrl) return;
    const beside = referencesOf(result).filter((path) => !isUrl(path));
    if (prepared?.status === "current") {
      this.#setDocuments(beside.map((path) => resolve(dirname(input), path)));
    } else if (prepared !== null && "document" in prepared && prepared.document !== null) {
      this.#setDocuments(
        beside.map((path) => resolve(this.#options.cwd, path)),
        status === "failed",
      );
    }
  }

  /** @param keep the document has errors, and one may be a file that is missing for a moment */
  #setDocuments(beside: readonly string[], keep = false): void {
    this.#documents = [
      ...new Set([this.project.input, ...beside, ...(keep ? this.#documents : [])]),
    ];
  }
}

/** What the document refers to, as a manifest or the document itself names it. */
function referencesOf({ prepared }: ProjectResult): readonly string[] {
  if (prepared === null) return [];
  if (prepared.status === "current") return prepared.manifest.references;
  return "document" in prepared ? (prepared.document?.files ?? []) : [];
}

function isJson(file: string): boolean {
  return /\.json$/i.test(file);
}

/** Whether there was no document to work with: it may be half written. */
function isBroken({ prepared }: ProjectResult): boolean {
  return prepared?.status === "failed" && prepared.document === null;
}
