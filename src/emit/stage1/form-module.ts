import type { Form, FormField, Mutation } from "../../ir/api.js";
import type { JsonValue } from "../../ir/json.js";
import type { Module } from "../print/code.js";
import { codeSpan } from "../print/doc-comment.js";
import { exportType, json, modulePath, type DerivedNames } from "./names.js";
import type { Styles } from "./styles.js";

/** `RenameUserForm` and `renameUserForm`, unless the document has such names. */
export interface FormNames {
  readonly type: string;
  readonly value: string;
}

export function claimFormNames({ names }: Mutation, derived: DerivedNames): FormNames {
  return { type: derived.claim(`${names.stem}Form`), value: derived.claim(`${names.value}Form`) };
}

export function formPath(mutation: Mutation): string {
  return modulePath(`forms/${mutation.file.slice(mutation.file.lastIndexOf("/") + 1)}`);
}

/** `forms/rename_user.ts`: what a form of this function shows, and what it can check by itself. Data only. */
export function formModule(
  mutation: Mutation,
  form: Form,
  names: FormNames,
  styles: Styles,
): Module {
  return {
    path: formPath(mutation),
    statements: [
      exportType(names.type, form.type, styles.in),
      {
        kind: "const",
        name: names.value,
        value: {
          kind: "constant",
          value: {
            kind: "object",
            open: true,
            members: [
              { key: "function", value: json(mutation.wireName) },
              { key: "at", value: json(form.at) },
              ...(form.initial === undefined
                ? []
                : [{ key: "initial", value: json(form.initial) }]),
              ...(form.validate === undefined
                ? []
                : [{ key: "validate", value: json(form.validate) }]),
              { key: "fields", value: json(inOrder(form.fields).map(field)) },
            ],
          },
        },
        docs: {
          summary: `The form of ${codeSpan(mutation.names.value)}: its fields in the order shown.`,
        },
      },
    ],
  };
}

function inOrder(fields: readonly FormField[]): FormField[] {
  const place = (one: FormField): number => one.order ?? Number.MAX_SAFE_INTEGER;
  return [...fields].sort((a, b) => place(a) - place(b));
}

function field(one: FormField): JsonValue {
  const { path, required, widget, label, help, placeholder, sensitive, choices, constraints } = one;
  return {
    path,
    required,
    ...(label === undefined ? {} : { label }),
    ...(widget === undefined ? {} : { widget }),
    ...(help === undefined ? {} : { help }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(sensitive ? { sensitive } : {}),
    ...(choices === undefined
      ? {}
      : { choices: choices.map(({ value, label: text }) => ({ value, label: text })) }),
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  };
}
