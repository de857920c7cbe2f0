import type { Context, Mutation } from "../../ir/api.js";
import type { GeneratedFile } from "../generated-file.js";
import { isSameData } from "../../ir/same-data.js";
import { keepPaths } from "../keep-paths.js";
import type { AdapterModel, ContextModel, MutationModel } from "./adapter-model.js";
import type { Target } from "./target.js";
import type { TemplateSet } from "./template-set.js";

/** A file, and what its template was filled with. */
interface Filled {
  readonly template: string;
  readonly models: AdapterModel;
  /** Members of the models that the template has looked at: of a list of all functions, an index reads the names alone. */
  readonly looked: ReadonlySet<string>;
  readonly file: GeneratedFile;
}

/** The adapter of one framework as it was filled last. */
export class FilledAdapter {
  readonly templates: TemplateSet;
  /** All that the files depend on beside the models: the texts of the templates, the lines at the top, the spelling of imports. */
  readonly frame: unknown;
  readonly #files = new Map<string, Filled>();

  constructor(frame: unknown, templates: TemplateSet) {
    this.frame = frame;
    this.templates = templates;
  }

  /** The file that stands at the path, if the template would be filled with the same now. */
  get(path: string, template: string, models: AdapterModel): GeneratedFile | undefined {
    const known = this.#files.get(path);
    return known?.template === template &&
      areAlike(known.models.contexts, models.contexts, known.looked) &&
      areAlike(known.models.mutations, models.mutations, known.looked)
      ? known.file
      : undefined;
  }

  set(path: string, filled: Filled): void {
    this.#files.set(path, filled);
  }

  /** Forgets the files that the client no longer has. */
  keep(paths: readonly string[]): void {
    keepPaths(this.#files, paths);
  }
}

/** What a watch keeps of the adapters of one client from run to run. */
export class AdapterMemory {
  /** Models of what is the very same object in the `Api`. */
  readonly contexts = new WeakMap<Context, ContextModel>();
  readonly mutations = new WeakMap<Mutation, MutationModel>();
  readonly #adapters = new Map<Target, FilledAdapter>();

  /** The adapter, if it was filled in the same frame; else one that knows nothing. */
  adapter(target: Target, frame: unknown, templates: () => TemplateSet): FilledAdapter {
    const known = this.#adapters.get(target);
    if (known !== undefined && isSameData(known.frame, frame)) return known;
    const adapter = new FilledAdapter(frame, templates());
    this.#adapters.set(target, adapter);
    return adapter;
  }

  /** Forgets the adapters that the client no longer has. */
  keep(targets: readonly Target[]): void {
    for (const target of this.#adapters.keys()) {
      if (!targets.includes(target)) this.#adapters.delete(target);
    }
  }
}

function areAlike(
  before: readonly object[],
  after: readonly object[],
  looked: ReadonlySet<string>,
): boolean {
  return (
    before.length === after.length &&
    before.every((one, index) => one === after[index] || haveSame(looked, one, after[index] ?? {}))
  );
}

function haveSame(looked: ReadonlySet<string>, left: object, right: object): boolean {
  return [...looked].every((name) =>
    isSameData(left[name as keyof typeof left], right[name as keyof typeof right]),
  );
}

/** The models, which note the members of theirs that are read. */
export function noting(models: AdapterModel, looked: Set<string>): AdapterModel {
  const noted = <Model extends object>(model: Model): Model => {
    const members = Object.entries(model).map(([name, value]): [string, PropertyDescriptor] => [
      name,
      { enumerable: true, get: () => (looked.add(name), value as unknown) },
    ]);
    return Object.defineProperties({}, Object.fromEntries(members)) as Model;
  };
  return { contexts: models.contexts.map(noted), mutations: models.mutations.map(noted) };
}
