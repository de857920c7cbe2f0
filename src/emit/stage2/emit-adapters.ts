import type { Api } from "../../ir/api.js";
import type { GeneratedFile } from "../generated-file.js";
import type { EmitOptions } from "../options.js";
import { headerFor } from "../stage1/header.js";
import { noting, type AdapterMemory } from "./adapter-memory.js";
import { adapterModel, type AdapterModel } from "./adapter-model.js";
import { formatText } from "./format-text.js";
import { extensions, type Target } from "./target.js";
import { TemplateSet } from "./template-set.js";

/**
 * Stage 2: for each target a folder with hooks over the client, from Handlebars templates. Typed by Stage 1 alone, which it imports
 * through `../index` only (M16).
 *
 * @param memory what earlier runs have filled, for a watch
 * @throws TemplateFault when a template does not work
 */
export async function emitAdapters(
  api: Api,
  options: EmitOptions,
  memory?: AdapterMemory,
): Promise<GeneratedFile[]> {
  const model = adapterModel(api, memory);
  const targets = options.targets ?? [];
  const files: GeneratedFile[] = [];
  memory?.keep(targets);
  for (const target of targets) {
    files.push(...(await emitAdapter(target, model, options, memory)));
  }
  return files;
}

async function emitAdapter(
  target: Target,
  model: AdapterModel,
  options: EmitOptions,
  memory: AdapterMemory | undefined,
): Promise<GeneratedFile[]> {
  const extension = { none: "", js: ".js", ts: ".ts" }[options.importExtension];
  const own = options.templates ?? {};
  const header = headerFor(options);
  const newTemplates = (): TemplateSet => new TemplateSet(target, { extension, own });
  const filled = memory?.adapter(target, [extension, header, own], newTemplates);
  const templates = filled?.templates ?? newTemplates();
  const ending = extensions[target];
  const files: GeneratedFile[] = [];

  const fill = async (
    template: string,
    path: string,
    models: AdapterModel,
    pick: (models: AdapterModel) => object | undefined,
  ): Promise<void> => {
    const known = filled?.get(path, template, models);
    if (known !== undefined) return void files.push(known);
    const looked = new Set<string>();
    const data = pick(filled === undefined ? models : noting(models, looked));
    const text = templates.fill(template, { header, ...data });
    const file = {
      path: `${target}/${path}`,
      text: await formatText(text, `${target}/${template}`, templates.isOwn(template)),
    };
    filled?.set(path, { template, models, looked, file });
    files.push(file);
  };

  await fill("index.ts.hbs", "index.ts", model, (all) => all);
  for (const template of templates.singles) {
    await fill(template, template.replace(/\.hbs$/, ""), model, (all) => all);
  }
  for (const context of model.contexts) {
    const alone = { contexts: [context], mutations: [] };
    const path = `${context.file}${ending}`;
    await fill(`context${ending}.hbs`, path, alone, ({ contexts: [one] }) => one);
  }
  for (const mutation of model.mutations) {
    const alone = { contexts: [], mutations: [mutation] };
    const path = `${mutation.file}${ending}`;
    await fill(`mutation${ending}.hbs`, path, alone, ({ mutations: [one] }) => one);
  }
  filled?.keep(files.map(({ path }) => path.slice(target.length + 1)));
  return files;
}
