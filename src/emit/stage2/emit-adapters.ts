import type { Api } from "../../ir/api.js";
import type { GeneratedFile } from "../generated-file.js";
import type { EmitOptions } from "../options.js";
import { headerFor } from "../stage1/header.js";
import { adapterModel, type AdapterModel } from "./adapter-model.js";
import { formatText } from "./format-text.js";
import { extensions, type Target } from "./target.js";
import { TemplateSet } from "./template-set.js";

/**
 * Stage 2: for each target a folder with hooks over the client, from Handlebars templates. Typed by Stage 1 alone, which it imports
 * through `../index` only (M16).
 *
 * @throws TemplateFault when a template does not work
 */
export async function emitAdapters(api: Api, options: EmitOptions): Promise<GeneratedFile[]> {
  const model = adapterModel(api);
  const files: GeneratedFile[] = [];
  for (const target of options.targets ?? []) {
    files.push(...(await emitAdapter(target, model, options)));
  }
  return files;
}

async function emitAdapter(
  target: Target,
  { contexts, mutations }: AdapterModel,
  options: EmitOptions,
): Promise<GeneratedFile[]> {
  const extension = { none: "", js: ".js", ts: ".ts" }[options.importExtension];
  const templates = new TemplateSet(target, { extension, own: options.templates ?? {} });
  const ending = extensions[target];
  const header = headerFor(options);
  const files: GeneratedFile[] = [];
  const fill = async (template: string, path: string, data: object): Promise<void> => {
    const text = templates.fill(template, { header, ...data });
    files.push({
      path: `${target}/${path}`,
      text: await formatText(text, `${target}/${template}`, templates.isOwn(template)),
    });
  };
  const whole = { contexts, mutations };
  await fill("index.ts.hbs", "index.ts", whole);
  for (const template of templates.singles) {
    await fill(template, template.replace(/\.hbs$/, ""), whole);
  }
  for (const context of contexts) {
    await fill(`context${ending}.hbs`, `${context.file}${ending}`, context);
  }
  for (const mutation of mutations) {
    await fill(`mutation${ending}.hbs`, `${mutation.file}${ending}`, mutation);
  }
  return files;
}
