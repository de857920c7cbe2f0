import type { Api } from "../ir/api.js";
import type { GeneratedFile } from "./generated-file.js";
import { kernelSources } from "./kernel-sources.js";
import type { EmitOptions } from "./options.js";
import type { Module } from "./print/code.js";
import { printModule } from "./print/module.js";
import type { PrintedModules } from "./print/printed-modules.js";
import { clientModule } from "./stage1/client-module.js";
import { contextModule } from "./stage1/context-module.js";
import { contractModule } from "./stage1/contract-module.js";
import { findCycles } from "./stage1/cycles.js";
import { formModule } from "./stage1/form-module.js";
import { headerFor } from "./stage1/header.js";
import { indexModule } from "./stage1/index-module.js";
import { kernelFiles } from "./stage1/kernel-files.js";
import { mutationModule } from "./stage1/mutation-module.js";
import { DerivedNames, Slots } from "./stage1/names.js";
import { stylesFor } from "./stage1/styles.js";
import { typesModule } from "./stage1/types-module.js";
import { viewModule } from "./stage1/view-module.js";

/**
 * Stage 1: the client as files, in their final form (prettier would change nothing). Same api and options, same bytes.
 *
 * @param printed what earlier runs have printed, for a watch
 * @throws InternalFault when a name of the api is not what the IR promises
 */
export function emitClient(
  api: Api,
  options: EmitOptions,
  printed?: PrintedModules,
): GeneratedFile[] {
  const others = stage1Modules(api, options);
  const modules = [indexModule(others.map((module) => module.path)), ...others];
  const context = { options, header: headerFor(options), isRecursive: findCycles(api.types) };
  printed?.keep(modules.map((module) => module.path));
  return [
    ...modules.map((module) => printModule(module, context, printed)),
    ...kernelFiles(kernelSources(), options),
  ];
}

function stage1Modules(api: Api, options: EmitOptions): Module[] {
  const styles = stylesFor(options);
  const slots = new Slots(api);
  const derived = new DerivedNames(api);
  const types = typesModule(api, options, derived);
  return [
    clientModule(api),
    contractModule(api.contract),
    ...(types === null ? [] : [types]),
    ...api.contexts.map((context) => contextModule(context, styles)),
    ...api.mutations.map((mutation) => mutationModule(mutation, slots, styles)),
    ...api.views.map((view) => viewModule(view, styles)),
    ...api.mutations.flatMap((mutation) =>
      mutation.form === null ? [] : [formModule(mutation, mutation.form, derived, styles)],
    ),
  ];
}
