import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import type { FormField } from "../api.js";
import type { FieldEntry, FormEntry, MutationEntry, Segments } from "../normalise/normal-form.js";
import { coreOf, typesOf } from "../shape/identity.js";
import { declaredMembers } from "../shape/member.js";
import { outlineOf } from "../shape/outline.js";
import { sameSchema } from "../shape/same-schema.js";
import { isList, isObject, own, type SchemaAt } from "../shape/schema-at.js";

/** How deep the members of a form are fields of their own. */
const maxDepth = 4;
/** A form with more fields than this is none that anybody fills in. */
const maxFields = 500;

/** JSON Schema keywords that a form can check by itself. */
const checked = [
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
] as const;

/** Where the form's value sits in the input: as declared, or the one member of the input that has the form's type. */
export function formPlace(document: Document, mutation: MutationEntry, form: FormEntry): Segments {
  if (form.at !== undefined) return form.at.value;
  const { input } = mutation;
  if (input === null || input === form.schema) return [];
  const identity = coreOf(document, form.schema).identity;
  if (identity === null || identity === coreOf(document, input).identity) return [];
  if (sameSchema(document, form.schema, input, { by: "type" })) return [];
  const places = [...declaredMembers(document, input)].filter(
    ([, { at }]) => coreOf(document, at).identity === identity,
  );
  const [place] = places;
  return place !== undefined && places.length === 1 ? [place[0]] : [];
}

/** The fields of a form: the members of its object, and those of objects in it. */
export function formFields(document: Document, form: FormEntry): FormField[] {
  const fields: FormField[] = [];
  const visit = (at: SchemaAt, path: readonly string[], required: boolean): void => {
    for (const [name, member] of declaredMembers(document, at)) {
      if (fields.length >= maxFields) return;
      const place = [...path, name];
      const isRequired = required && member.required;
      if (place.length < maxDepth && isGroup(document, member.at)) {
        visit(member.at, place, isRequired);
      } else {
        fields.push(fieldOf(document, member.at, place, isRequired, form));
      }
    }
  };
  visit(form.schema, [], true);
  return fields;
}

/** An object with members of its own, that is always there: its members are fields. */
function isGroup(document: Document, at: SchemaAt): boolean {
  const { core, nullable } = outlineOf(document, at);
  const { schema } = core.at;
  if (nullable || !isObject(schema)) return false;
  return (
    ["properties", "allOf"].some((key) => Object.hasOwn(schema, key)) &&
    declaredMembers(document, core.at).size > 0
  );
}

function fieldOf(
  document: Document,
  at: SchemaAt,
  path: readonly string[],
  required: boolean,
  form: FormEntry,
): FormField {
  const { core } = outlineOf(document, at);
  const inner = isObject(core.at.schema) ? core.at.schema : {};
  const outer = isObject(at.schema) ? at.schema : {};
  const declared: Partial<FieldEntry> = form.fields?.get(path.join(".")) ?? {};
  const label = declared.label?.value ?? text(own(outer, "title"));
  const help = declared.help?.value ?? text(own(outer, "description"));
  const choices = declared.choices ?? choicesOf(inner);
  return {
    path,
    required,
    ...(declared.widget === undefined ? {} : { widget: declared.widget.value }),
    ...(label === undefined ? {} : { label }),
    ...(help === undefined ? {} : { help }),
    ...(declared.placeholder === undefined ? {} : { placeholder: declared.placeholder.value }),
    ...(declared.order === undefined ? {} : { order: declared.order.value }),
    sensitive: declared.sensitive?.value ?? isSensitive(inner),
    ...(choices === undefined ? {} : { choices }),
    constraints: { ...constraintsOf(inner), ...constraintsOf(outer) },
  };
}

/** The values of an enum, each its own label. */
function choicesOf(schema: JsonObject): FormField["choices"] {
  const values = own(schema, "enum");
  if (!isList(values)) return undefined;
  return values.flatMap((value) =>
    value === null || typeof value === "object" ? [] : [{ value, label: String(value) }],
  );
}

function isSensitive(schema: JsonObject): boolean {
  return own(schema, "format") === "password";
}

function constraintsOf(schema: JsonObject): Record<string, JsonValue> {
  const constraints: Record<string, JsonValue> = {};
  for (const keyword of checked) {
    const value = own(schema, keyword);
    if (value === undefined || value === null) continue;
    // OpenAPI 3.0 writes an exclusive bound as a flag beside the bound.
    if (value === true && keyword === "exclusiveMinimum")
      move(schema, constraints, "minimum", keyword);
    else if (value === true && keyword === "exclusiveMaximum")
      move(schema, constraints, "maximum", keyword);
    else if (isConstraintValue(keyword, value)) constraints[keyword] = value;
  }
  // A list's type is needed to tell `minItems` of a tuple from that of a text; scalars say it by their keywords.
  return typesOf(schema).types.includes("object") ? {} : constraints;
}

function move(
  schema: JsonObject,
  constraints: Record<string, JsonValue>,
  from: string,
  to: string,
): void {
  const value = own(schema, from);
  if (typeof value !== "number") return;
  constraints[to] = value;
  Reflect.deleteProperty(constraints, from);
}

function isConstraintValue(keyword: (typeof checked)[number], value: JsonValue): boolean {
  if (keyword === "pattern" || keyword === "format") return typeof value === "string";
  return keyword === "uniqueItems" ? value === true : typeof value === "number";
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
