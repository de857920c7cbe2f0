import type { Api, Contract, Context, Form, Mutation, View } from "../../ir/api.js";
import type { EmitOptions } from "../options.js";
import type { Module } from "../print/code.js";
import { clientModule, type ClientEntry } from "./client-module.js";
import { contextModule } from "./context-module.js";
import { contractModule } from "./contract-module.js";
import { draft, type Draft } from "./draft.js";
import { claimFormNames, formModule, formPath, type FormNames } from "./form-module.js";
import { indexModule } from "./index-module.js";
import { mutationModule } from "./mutation-module.js";
import { DerivedNames, modulePath } from "./names.js";
import type { Slots } from "./slots.js";
import { stylesFor, type Styles } from "./styles.js";
import { claimConstants, typesModule } from "./types-module.js";
import { viewModule } from "./view-module.js";

/** Every module of Stage 1, in the order in which its files are listed. */
export function clientDrafts(
  api: Api,
  options: Pick<EmitOptions, "readonly" | "enums">,
): readonly Draft[] {
  const { contract, types, contexts, mutations, views } = api;
  const styles = stylesFor(options);
  const derived = new DerivedNames(api);
  const constants = claimConstants(types, options, derived);
  const others = [
    draft("client", buildClient, contexts.map(entryOf), mutations.map(entryOf)),
    draft("contract", buildContract, contract),
    ...(types.length === 0 ? [] : [draft("types", buildTypes, types, constants, styles)]),
    ...contexts.map((one) => draft(modulePath(one.file), buildContext, one, styles)),
    ...mutations.map((one) => draft(modulePath(one.file), mutationModule, one, styles)),
    ...views.map((one) => draft(modulePath(one.file), buildView, one, styles)),
    ...mutations.flatMap((one) => formDrafts(one, derived, styles)),
  ];
  const paths = others.map(({ path }) => path);
  return [draft("index", buildIndex, paths), ...others];
}

function formDrafts(mutation: Mutation, derived: DerivedNames, styles: Styles): Draft[] {
  const { form } = mutation;
  if (form === null) return [];
  const names = claimFormNames(mutation, derived);
  return [draft(formPath(mutation), buildForm, mutation, form, names, styles)];
}

/** All that the client module says of one, so that it stays when something else in it changes. */
const entryOf = ({ wireName, names, file }: Context | Mutation): ClientEntry => ({
  wireName,
  value: names.value,
  file,
});

// One function for each kind, that sees nothing but its arguments.

const buildClient = (
  _: Slots,
  contexts: readonly ClientEntry[],
  mutations: readonly ClientEntry[],
): Module => clientModule(contexts, mutations);

const buildContract = (_: Slots, contract: Contract): Module => contractModule(contract);

const buildTypes = (_: Slots, ...parts: Parameters<typeof typesModule>): Module =>
  typesModule(...parts);

const buildContext = (_: Slots, context: Context, styles: Styles): Module =>
  contextModule(context, styles);

const buildView = (_: Slots, view: View, styles: Styles): Module => viewModule(view, styles);

const buildForm = (
  _: Slots,
  mutation: Mutation,
  form: Form,
  names: FormNames,
  styles: Styles,
): Module => formModule(mutation, form, names, styles);

const buildIndex = (_: Slots, paths: readonly string[]): Module => indexModule(paths);
