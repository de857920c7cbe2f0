import type { Api, Context, Mutation, Query } from "../../ir/api.js";
import { docComment } from "../print/doc-comment.js";
import { render } from "../print/layout.js";
import { identifierText, stringText } from "../print/literal.js";
import { factsOf } from "../stage1/facts.js";

/** What a template sees of one context. All names are unique in the client, and safe in code; the same for every framework. */
export interface ContextModel {
  /** The file's name without extension, which is that of its first hook. */
  readonly file: string;
  /** Wire name, as a string literal. */
  readonly name: string;
  /** `userContext`, `UserContextParams`, `UserContextData`: what Stage 1 exports. */
  readonly value: string;
  readonly params: string;
  readonly data: string;
  /** `useUserContext` */
  readonly hook: string;
  /** Whether it can be read without params. */
  readonly canOmitParams: boolean;
  readonly slots: readonly SlotModel[];
  /** A doc comment with its line end, or nothing. */
  readonly docs: string;
}

/** One function of a context. */
export interface SlotModel {
  /** The slot as a string literal. */
  readonly slot: string;
  /** `useUserProfile` */
  readonly hook: string;
  readonly output: string;
  readonly error: string;
  readonly docs: string;
}

export interface MutationModel {
  readonly file: string;
  /** Wire name, as a string literal. */
  readonly name: string;
  /** `renameUser` */
  readonly value: string;
  /** `useRenameUser` */
  readonly hook: string;
  readonly docs: string;
}

export interface AdapterModel {
  readonly contexts: readonly ContextModel[];
  readonly mutations: readonly MutationModel[];
}

/** Models that were made before, for a watch: of what is the very same object, the model is the same. */
export interface KnownModels {
  readonly contexts: WeakMap<Context, ContextModel>;
  readonly mutations: WeakMap<Mutation, MutationModel>;
}

/** What the templates of an adapter are filled with. */
export function adapterModel(api: Api, known?: KnownModels): AdapterModel {
  return {
    contexts: api.contexts.map((one) => remembered(one, contextModel, known?.contexts)),
    mutations: api.mutations.map((one) => remembered(one, mutationModel, known?.mutations)),
  };
}

function remembered<Part extends object, Model>(
  part: Part,
  modelOf: (part: Part) => Model,
  known: WeakMap<Part, Model> | undefined,
): Model {
  const model = known?.get(part) ?? modelOf(part);
  known?.set(part, model);
  return model;
}

function contextModel(context: Context): ContextModel {
  const { names, params, wireName } = context;
  const hook = hookOf(names.stem);
  return {
    file: hook,
    name: stringText(wireName),
    value: identifierText(names.value),
    params: identifierText(names.params),
    data: identifierText(names.data),
    hook,
    canOmitParams: params.every((param) => !param.required),
    slots: context.queries.map(slotModel),
    docs: docsOf(context.docs),
  };
}

const slotModel = ({ names, slot, docs }: Query): SlotModel => ({
  slot: stringText(slot),
  hook: hookOf(names.stem),
  output: identifierText(names.output),
  error: identifierText(names.error),
  docs: docsOf(docs),
});

function mutationModel(mutation: Mutation): MutationModel {
  const { names, wireName, docs } = mutation;
  const hook = hookOf(names.stem);
  return {
    file: hook,
    name: stringText(wireName),
    value: identifierText(names.value),
    hook,
    docs: docsOf(docs, factsOf(mutation)),
  };
}

const hookOf = (stem: string): string => identifierText(`use${stem}`);

function docsOf(docs: Context["docs"], facts: readonly string[] = []): string {
  const comment = docComment(docs, 0, facts);
  return comment === null ? "" : `${render(comment)}\n`;
}
