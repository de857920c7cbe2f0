import type { Project } from "../../config/resolve-project.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { ContractChange } from "../../diff/contract-change.js";
import type { Source } from "../../document/source.js";
import type { Api } from "../../ir/api.js";
import type { ProjectResult, RunOptions } from "../run-project.js";
import { stages as realStages } from "../stages.js";

/** The contract of the last run without errors, so that the next one can say what is new. */
export class ContractHistory {
  readonly #project: Project;
  readonly #options: Pick<RunOptions, "cwd" | "stages">;
  /** The contract, or where it is written: a run that found nothing to do has not looked into its document. */
  #last: Api | Source | null = null;

  constructor(project: Project, options: Pick<RunOptions, "cwd" | "stages">) {
    this.#project = project;
    this.#options = options;
  }

  /** Takes the contract of a run that has found nothing new. */
  know({ prepared }: ProjectResult): void {
    if (prepared?.status === "ready") this.#last = prepared.api;
  }

  /** What a run has brought; nothing for the first, and for one with errors. */
  async changesBy({ prepared }: ProjectResult): Promise<readonly ContractChange[]> {
    if (prepared?.status === "current") this.#last = prepared.source;
    if (prepared?.status !== "ready") return [];
    const before = this.#last === null ? null : await this.#apiOf(this.#last);
    this.#last = prepared.api;
    if (before === null) return [];
    const { diffApis } = await import("../../diff/diff-apis.js");
    return diffApis(before, prepared.api);
  }

  async #apiOf(last: Api | Source): Promise<Api | null> {
    if ("contexts" in last) return last;
    const { stages = realStages, cwd } = this.#options;
    const { allowRefs, headers, api } = this.#project;
    const diagnostics = new Diagnostics();
    const document = await stages.parseDocument(last, { cwd, allowRefs }, diagnostics, headers);
    return document === null ? null : stages.buildApi(document, api, diagnostics);
  }
}
