import type { Api } from "../ir/api.js";
import type { ClientMemory } from "./client-memory.js";
import type { GeneratedFile } from "./generated-file.js";
import { kernelSources } from "./kernel-sources.js";
import type { EmitOptions } from "./options.js";
import { printedModule, printModule } from "./print/module.js";
import { clientDrafts } from "./stage1/client-drafts.js";
import { findCycles } from "./stage1/cycles.js";
import { headerFor } from "./stage1/header.js";
import { kernelFiles } from "./stage1/kernel-files.js";
import { SlotsOfApi } from "./stage1/slots.js";

/**
 * Stage 1: the client as files, in their final form (prettier would change nothing). Same api and options, same bytes.
 *
 * @param memory what earlier runs have built and printed, for a watch
 * @throws InternalFault when a name of the api is not what the IR promises
 */
export function emitClient(api: Api, options: EmitOptions, memory?: ClientMemory): GeneratedFile[] {
  const drafts = clientDrafts(api, options);
  const slots = new SlotsOfApi(api);
  const isRecursive = findCycles(api.types, memory?.references);
  const context = { options, header: headerFor(options), isRecursive };
  const printKernel = (): GeneratedFile[] => kernelFiles(kernelSources(), options);
  if (memory === undefined) {
    const modules = drafts.map((draft) => draft.build(slots));
    return [...modules.map((module) => printModule(module, context)), ...printKernel()];
  }
  const { printed } = memory;
  const run = memory.built.open(slots);
  const files = drafts.map((draft) => {
    const known = run.isBuilt(draft) ? printedModule(draft.path, context, printed) : undefined;
    return known ?? run.build(draft, (module) => printModule(module, context, printed));
  });
  const paths = drafts.map(({ path }) => path);
  run.close(paths);
  printed.keep(paths);
  return [...files, ...memory.kernel(options.importExtension, printKernel)];
}
